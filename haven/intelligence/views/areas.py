"""In which area somebody is."""

from haven.intelligence.queries.units import areas_to_tell
from haven.people.models import Area
from haven.people.refusals import ActorRequest, there


def area_of(request: ActorRequest) -> tuple[Area, list[Area]]:
    """The area that was chosen among those she serves, the first unless she has chosen; and all of them."""
    areas = areas_to_tell(by=request.actor)
    chosen = [area for area in areas if str(area.pk) == request.GET.get("area")]
    return there(next(iter(chosen or areas), None)), areas
