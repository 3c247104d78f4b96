() => {
    const problems = [];
    const inSentence = (link) => {
        const block = link.closest("p, li, dd, td, th, span, label, figcaption, h1, h2, h3");
        return block && getComputedStyle(link).display === "inline" && block.textContent.trim().length > link.textContent.trim().length;
    };
    const tell = (one, box, least) => problems.push(`${Math.round(box.width)}x${Math.round(box.height)} is under ${least}: ${one.outerHTML.slice(0, 140)}`);
    for (const one of document.querySelectorAll("a[href], button, summary, input:not([type=hidden]), select, textarea")) {
        if (!one.checkVisibility() || one.matches(".skip-link") || one.closest(".visually-hidden")) continue;
        const label = one.matches("input[type=radio], input[type=checkbox]") && one.labels[0];
        const box = (label || one).getBoundingClientRect();
        if ((box.width < 23.9 || box.height < 23.9) && !(one.matches("a") && inSentence(one))) tell(one, box, 24);
        if (one.matches("button, input, select, textarea") && box.height < 43.9) tell(one, box, 44);
    }
    return problems;
}
