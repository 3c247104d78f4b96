() => {
    document.activeElement.blur();
    getSelection().removeAllRanges();
    window.scrollTo(0, 0);
    document.body.tabIndex = -1;
    document.body.focus();
    document.body.removeAttribute("tabindex");
    const seen = [...document.querySelectorAll("a[href], button, summary, input:not([type=hidden]), select, textarea, [tabindex='0']")]
        .filter((one) => one.checkVisibility() && !one.disabled);
    const sets = new Set(seen.filter((one) => one.type === "radio").map((one) => one.name));
    window.testBefore = null;
    window.testStops = [];
    window.onkeyup = () => { const found = testStop(); if (found) testStops.push(found); };
    return seen.filter((one) => one.type !== "radio").length + sets.size;
}
