"""Short addresses of rooms: ``/123456`` leads into the room, so that its QR code is coarse and people can type it."""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from core.survey.problems import SurveyError
from core.survey.rooms import read_code
from ui.server.static import add_base_path


async def _lead(request: Request) -> Response:
    try:
        code = read_code(str(request.path_params["code"]))
    except SurveyError:
        return RedirectResponse(add_base_path("/survey"))
    return RedirectResponse(add_base_path(f"/survey?room={code}"))


route = Route("/{code:int}", _lead)
