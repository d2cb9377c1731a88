"""The API's own page: the OpenAPI description, for people, without a script."""

from dataclasses import dataclass, field
from functools import cache

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from drf_spectacular.generators import SchemaGenerator

Node = dict


@dataclass(frozen=True)
class Named:
    """A parameter or a field of an answer."""

    name: str
    kind: str
    description: str
    choices: list[str]


@dataclass
class Resource:
    name: str
    description: str
    addresses: list[str] = field(default_factory=list)
    parameters: list[Named] = field(default_factory=list)
    fields: list[Named] = field(default_factory=list)


@login_not_required
@require_safe
def page(request):
    return render(request, "commitments/public/api_docs.html", {"resources": resources()})


@cache
def resources() -> list[Resource]:
    """Every resource with its addresses, the parameters of its list and the fields of one thing."""
    schema = SchemaGenerator().get_schema(request=None, public=True)
    reader = Reader(schema["components"]["schemas"])
    found: dict[str, Resource] = {}
    for path, methods in schema["paths"].items():
        told = methods["get"]
        name = told["tags"][0]
        if name == "schema":
            continue
        resource = found.setdefault(name, Resource(name, told["description"]))
        resource.addresses.append(path)
        if told["operationId"].endswith("_list"):
            resource.parameters = [reader.named(each["name"], each) for each in told["parameters"]]
        else:
            answer = told["responses"]["200"]["content"]["application/json"]["schema"]
            resource.fields = [reader.named(*each) for each in reader.properties(answer).items()]
    return list(found.values())


@dataclass(frozen=True)
class Reader:
    """Reads nodes of an OpenAPI description whose references point into `components`."""

    components: dict[str, Node]

    def resolved(self, node: Node) -> Node:
        """What a reference stands for; of one with a note beside it, the first reference."""
        if "$ref" in node:
            return self.components[node["$ref"].rpartition("/")[2]]
        for key in ("allOf", "oneOf"):
            if key in node:
                return self.resolved(node[key][0])
        return node

    def properties(self, node: Node) -> dict[str, Node]:
        return self.resolved(node).get("properties", {})

    def named(self, name: str, told: Node) -> Named:
        whole = self.resolved(told.get("schema", told))
        item = self.resolved(whole.get("items", whole))
        kind = item.get("format") or item.get("type", "")
        if parts := self.properties(item):
            kind = f"{kind} {{{', '.join(parts)}}}"
        return Named(
            name=name,
            kind=_("list of %s") % kind if whole.get("type") == "array" else kind,
            description=(told.get("description") or told.get("title") or "").strip(),
            choices=[str(choice) for choice in item.get("enum", []) if choice],
        )
