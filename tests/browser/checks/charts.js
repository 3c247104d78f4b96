() => {
    const problems = [];
    for (const drawing of document.querySelectorAll("svg[role=img]")) {
        const name = (drawing.querySelector(":scope > title")?.textContent || "").trim();
        if (name.split(/\s+/).length < 4 || !/\d/.test(name)) problems.push(`a drawing called "${name}"`);
        const figure = drawing.closest("figure");
        const rows = [...(figure?.querySelectorAll("table tr") || [])].map((row) => [...row.cells].map((cell) => cell.textContent.replace(/\s+/g, " ").trim()));
        if (!rows.length) { problems.push(`no table: "${name}"`); continue; }
        const plotted = [...drawing.querySelectorAll("*")].filter((one) => Object.keys(one.dataset).length);
        if (!plotted.length) problems.push(`nothing plotted: "${name}"`);
        for (const mark of plotted) {
            const values = Object.values(mark.dataset);
            const told = rows.some((cells) => values.every((value) => cells.some((cell) => cell === value || cell.split(" ").includes(value))));
            if (!told) problems.push(`not in the table: ${JSON.stringify({...mark.dataset})}`);
        }
    }
    for (const bar of document.querySelectorAll(".shares")) {
        const plotted = [...bar.querySelectorAll("[data-share]")].map((one) => one.dataset.share).join();
        const told = [...bar.querySelectorAll("li strong")].map((one) => one.textContent.trim()).join();
        if (plotted !== told) problems.push(`shares drawn as ${plotted} and told as ${told}`);
    }
    return problems;
}
