(width) => {
    const problems = [];
    const whole = document.scrollingElement.scrollWidth;
    if (whole > width) {
        problems.push(`the page is ${whole}px wide`);
        for (const one of document.querySelectorAll("main *")) {
            const box = one.getBoundingClientRect();
            if (box.right > width + 1 && box.width && !one.closest(".table-scroll, .visually-hidden")) {
                problems.push(`sticks out to ${Math.round(box.right)}: ${one.outerHTML.slice(0, 120)}`);
                break;
            }
        }
    }
    for (const one of document.querySelectorAll("*")) {
        const how = getComputedStyle(one).overflowX;
        if (!["auto", "scroll"].includes(how) || one.scrollWidth <= one.clientWidth) continue;
        if (one === document.scrollingElement || one.matches("textarea")) continue;
        const named = one.getAttribute("aria-label") || one.getAttribute("aria-labelledby");
        if (!(one.matches(".table-scroll") && one.tabIndex === 0 && named)) problems.push(`scrolls: ${one.outerHTML.slice(0, 120)}`);
    }
    return problems;
}
