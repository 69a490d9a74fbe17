"""Rules that compile late write what Werkzeug's own rules write, and compile no more than was asked for."""

import pytest
from werkzeug.routing import BuildError, Map, Rule

from forum.core.addressing import LateRule


def addresses(kind: type[Rule]) -> Map:
    """Two addresses, one with a default and one with a name that a function of ours might take for its own."""
    return Map([
        kind("/topics/<int:topic_id>-<slug>", endpoint="topic", defaults={"page": 1}),
        kind("/rules/<rule>", endpoint="rule"),
    ])  # fmt: skip


@pytest.mark.parametrize("unknown", [True, False])
def test_addresses_are_written_as_by_werkzeug(unknown):
    late, own = (addresses(kind).bind("127.0.0.1") for kind in (LateRule, Rule))
    for endpoint, values in (
        ("topic", {"topic_id": 1, "slug": "ماء & x/y", "which": ["a", "b"]}),
        ("topic", {"topic_id": 2, "slug": "z", "page": 1}),
        ("rule", {"rule": "first", "self": "second"}),
    ):
        written = late.build(endpoint, values, append_unknown=unknown)
        assert written == own.build(endpoint, values, append_unknown=unknown)
        assert written == late.build(endpoint, values, append_unknown=unknown)
    with pytest.raises(BuildError):
        late.build("topic", {"topic_id": 1})


def test_only_what_is_asked_for_is_compiled(make_app):
    app = make_app()
    rules = {rule.endpoint: rule for rule in app.url_map.iter_rules()}
    with app.test_request_context():
        app.url_for("topics.index", language="en", show="all")
    late = {name for name, rule in rules.items() if rule._build_unknown.__func__.__module__ == LateRule.__module__}
    assert set(rules) - late == {"topics.index"}
