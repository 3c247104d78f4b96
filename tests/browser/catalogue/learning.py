"""What was learned from past cases: the public records, and the desk where they are made."""

from tests.browser.catalogue.entry import Entry
from tests.browser.steps import attach, fill, press

SECRETARY = "secretariat"
DESK = "{place.town}desk/learning/"
BROKEN = "Case,I,E,R,X,label\nOne,0.1\n"

LEARNING: tuple[Entry, ...] = (
    Entry("learned scores", "learning", "{place.town}learning/"),
    Entry("learned scores, none", "learning", "{place.empty}learning/"),
    Entry("learning record", "learning_record", "{place.record}"),
    Entry("learning record, unknown", "learning_record", "{place.town}learning/none/", status=404),
    Entry("desk learning", "desk_learning", DESK, who=SECRETARY),
    Entry("desk learning, as committee", "desk_learning", DESK, who="committee"),
    Entry("desk learning, a failure", "desk_learning", "{place.small}desk/learning/", who="small_secretariat"),
    Entry("desk, a training failed", "desk", "{place.small}desk/", who="small_secretariat"),
    Entry("desk learning file", "desk_learning_file", f"{DESK}import/", who=SECRETARY),
    Entry(
        "desk learning file, none", "desk_learning_file", f"{DESK}import/", who=SECRETARY, status=422, wrong=True,
        steps=(press("Continue"),), says="Choose a file",
    ),
    Entry(
        "desk learning file, broken", "desk_learning_file", f"{DESK}import/", who=SECRETARY, status=422,
        steps=(attach("file", BROKEN), press("Continue")), says="What is wrong with the file",
    ),
    Entry("desk learning columns", "desk_learning_columns", "{place.columns}", who=SECRETARY),
    Entry(
        "desk learning columns, empty", "desk_learning_columns", "{place.columns}", who=SECRETARY, status=422,
        wrong=True, steps=(press("Bring in every row"),),
    ),
    Entry(
        "desk learning columns, out of scale", "desk_learning_columns", "{place.columns}", who=SECRETARY, status=422,
        steps=(fill(name="Past cases", source="A test", worst_1="0.2"), press("Bring in every row")),
        says="What is wrong with the file", kept=(("source", "A test"), ("worst_1", "0.2")),
    ),
    Entry("desk learning train", "desk_learning_train", f"{DESK}histories/1/train/", who=SECRETARY),
    Entry("desk learning running", "desk_learning_run", "{place.running}", who=SECRETARY),
    Entry("desk learning running, as committee", "desk_learning_run", "{place.running}", who="committee"),
    Entry("desk learning failed", "desk_learning_run", "{place.failed}", who="small_secretariat"),
    Entry("desk learning cancel", "desk_learning_cancel", "{place.running}cancel/", who=SECRETARY),
)  # fmt: skip
