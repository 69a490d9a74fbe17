"""The API describes itself: `@gives(…)` beside each function, the types of its shapes and the forms that it reads
become one OpenAPI document. Nothing of it is written by hand."""

from forum.core.openapi.describing import gives
from forum.core.openapi.document import document, undescribed

__all__ = ["gives", "document", "undescribed"]
