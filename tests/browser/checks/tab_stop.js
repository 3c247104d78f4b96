() => {
    const one = document.activeElement;
    if (!one || one === document.body || one === document.documentElement) return null;
    const problems = [];
    const tell = (what) => problems.push(`${what}: ${one.outerHTML.slice(0, 120)}`);
    if (window.testBefore && !(window.testBefore.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING)) tell("out of order");
    window.testBefore = one;
    const box = one.getClientRects()[0];
    const middle = (low, high, end) => (Math.max(low, 0) + Math.min(high, end)) / 2;  // of the part that can be seen
    const hit = box && document.elementFromPoint(middle(box.left, box.right, innerWidth), middle(box.top, box.bottom, innerHeight));
    if (!hit || !(one.contains(hit) || (one.labels && [...one.labels].some((label) => label.contains(hit))))) tell("hidden when focused");
    const ringed = [one, ...(one.labels || [])].map((each) => [each, getComputedStyle(each)])
        .find(([, style]) => style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2);
    if (!ringed) { tell("no focus ring"); return problems; }
    const numbers = (colour) => colour.match(/[\d.]+/g).map(Number);
    let back = ringed[0].parentElement;
    while (back && numbers(getComputedStyle(back).backgroundColor)[3] === 0) back = back.parentElement;
    const light = (colour) => {
        const [r, g, b] = numbers(colour).map((part) => { const c = part / 255; return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4; });
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const [high, low] = [light(ringed[1].outlineColor), back ? light(getComputedStyle(back).backgroundColor) : 1].sort((a, b) => b - a);
    if ((high + 0.05) / (low + 0.05) < 3) tell("faint focus ring");
    return problems;
}
