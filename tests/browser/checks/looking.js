() => {
    const problems = [];
    const one = (selector, what) => {
        const found = document.querySelectorAll(selector).length;
        if (found !== 1) problems.push(`${found} of ${what}`);
    };
    one("h1", "h1");
    one("main", "main");
    one("body > header", "header");
    one("body > footer", "footer");
    one("[role=status]#status", "empty status");
    const first = document.querySelector("body > header .links a");
    if (!first || first.textContent.trim() !== "Help") problems.push("Help is not the first link of the head");
    const never = {
        "[style], style, script:not([src])": "inline style or script",
        "[onclick], [onload], [onchange], [onsubmit]": "inline handler",
        "[draggable], input[type=range], input[type=number]": "slider, spinner or dragging",
        "[maxlength], [required]": "a limit that the browser enforces",
        "[target=_blank]": "a link that opens a window",
        "[hx-get], [hx-post]": "htmx",
        "main br + br": "empty lines",
    };
    for (const [selector, what] of Object.entries(never)) {
        for (const found of document.querySelectorAll(selector)) problems.push(`${what}: ${found.outerHTML.slice(0, 100)}`);
    }
    for (const found of document.querySelectorAll("[tabindex]")) if (found.tabIndex > 0) problems.push("a positive tabindex");
    const ids = [...document.querySelectorAll("[id]")].map((each) => each.id);
    for (const id of new Set(ids.filter((each, place) => ids.indexOf(each) !== place))) problems.push(`id twice: ${id}`);
    for (const label of document.querySelectorAll("label[for]")) if (!document.getElementById(label.htmlFor)) problems.push(`label of nothing: ${label.textContent}`);
    for (const group of document.querySelectorAll("main .group")) {
        if (!group.querySelector("svg path") || !group.textContent.trim()) problems.push("a group told by colour alone");
    }
    return problems;
}
