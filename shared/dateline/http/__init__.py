"""What both services say in HTTP in the same way: errors, strict bodies, conditions, health, metrics, logs, headers.

A service calls ``set_up_service`` once, makes a ``JsonApi``, and writes its routes on ``JsonBlueprint``.
"""

from dateline.http.api import JsonApi, JsonBlueprint, accepts
from dateline.http.responses.conditional import answer_conditionally
from dateline.http.responses.problems import Problem, problem_of
from dateline.http.setup import set_up_service

__all__ = ["JsonApi", "JsonBlueprint", "Problem", "accepts", "answer_conditionally", "problem_of", "set_up_service"]
