async (style) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(style);
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    const problems = [];
    const hidden = (one) => one.closest(".visually-hidden, .skip-link, thead") && getComputedStyle(one.closest(".visually-hidden, .skip-link, thead")).position === "absolute";
    for (const one of document.querySelectorAll("body *")) {
        const how = getComputedStyle(one);
        if (!["hidden", "clip"].includes(how.overflowY) || hidden(one) || one.closest("svg") || one.matches("input, textarea, select")) continue;
        if (one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + 1) problems.push(`cut off: ${one.outerHTML.slice(0, 120)}`);
    }
    const words = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const node = walker.currentNode;
        const parent = node.parentElement;
        if (!node.data.trim() || !parent || parent.matches("title, desc, option, script, style") || hidden(parent)) continue;
        if (!parent.checkVisibility()) continue;
        const range = document.createRange();
        range.selectNodeContents(node);
        for (const box of range.getClientRects()) {
            const inset = box.height * 0.22;
            if (box.width > 2) words.push({node, text: node.data.trim().slice(0, 30), left: box.left + 1, right: box.right - 1, top: box.top + inset, bottom: box.bottom - inset});
        }
    }
    words.sort((a, b) => a.top - b.top);
    for (let i = 0; i < words.length; i += 1) {
        for (let j = i + 1; j < words.length && words[j].top < words[i].bottom; j += 1) {
            if (words[i].node !== words[j].node && words[i].left < words[j].right && words[j].left < words[i].right) problems.push(`"${words[i].text}" is printed over "${words[j].text}"`);
        }
    }
    const right = document.documentElement.clientWidth;
    for (const one of words) {
        if (one.right > right + 1 && !one.node.parentElement.closest(".table-scroll")) problems.push(`"${one.text}" leaves the page`);
    }
    document.adoptedStyleSheets = document.adoptedStyleSheets.slice(0, -1);
    return [...new Set(problems)].slice(0, 8);
}
