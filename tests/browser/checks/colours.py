"""Where people choose their own few colours, groups still have their shape and their letters."""

from playwright.sync_api import Page


def forced_colours(page: Page) -> list[str]:
    """Look whether every group's shape is drawn in another colour than what is behind it."""
    page.emulate_media(forced_colors="active")
    problems = page.evaluate("""() => {
        const behind = getComputedStyle(document.documentElement).backgroundColor;
        return [...document.querySelectorAll("main .group svg path, main svg[role=img] .shape")]
            .filter((shape) => getComputedStyle(shape).fill === behind)
            .map((shape) => `a shape nobody can see: ${shape.parentElement.outerHTML.slice(0, 120)}`);
    }""")
    page.emulate_media(forced_colors="none")
    return problems
