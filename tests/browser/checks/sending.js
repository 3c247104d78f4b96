([path, fields, token]) => {
    const form = document.createElement("form");
    form.method = "post";
    form.action = path;
    const all = {...fields};
    if (token) all.csrfmiddlewaretoken = document.querySelector("[name=csrfmiddlewaretoken]").value;
    for (const [name, value] of Object.entries(all)) {
        const field = document.createElement("input");
        field.type = "hidden";
        field.name = name;
        field.value = value;
        form.append(field);
    }
    document.body.append(form);
    form.submit();
}
