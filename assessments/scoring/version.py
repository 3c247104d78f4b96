"""The version of the formulas; it rises with any change of a number."""

FORMULA_VERSION = "1"
