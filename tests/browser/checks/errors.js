() => {
    const problems = [];
    if (!document.title.startsWith("Error:")) problems.push(`the title is ${document.title}`);
    const summary = document.querySelector(".error-summary");
    if (!summary) return [...problems, "no error summary"];
    if (document.activeElement !== summary) problems.push(`the focus is on ${document.activeElement.outerHTML.slice(0, 60)}`);
    const words = (one) => one.textContent.replace(/\s+/g, " ").trim().replace(/^Error: /, "");
    const listed = [...summary.querySelectorAll("li")].map(words);
    const inline = [...document.querySelectorAll("main .wrong")];
    const beside = inline.flatMap((one) => (one.children.length ? [...one.children] : [one]).map(words));
    for (const sentence of beside) if (!listed.includes(sentence)) problems.push(`only beside the field: ${sentence}`);
    for (const link of summary.querySelectorAll("a")) {
        const field = document.getElementById(link.hash.slice(1));
        if (!field) { problems.push(`a link to nothing: ${link.hash}`); continue; }
        if (!beside.includes(words(link))) continue;  // about the whole form
        const holders = [field, field.closest("fieldset")].filter(Boolean);
        if (field.getAttribute("aria-invalid") !== "true") problems.push(`not marked as wrong: ${link.hash}`);
        const described = holders.flatMap((one) => (one.getAttribute("aria-describedby") || "").split(" ")).map((id) => document.getElementById(id)).filter(Boolean);
        if (!described.some((one) => words(one).includes(words(link)))) problems.push(`not described by its error: ${link.hash}`);
    }
    return problems;
}
