from tests.integration.web.conftest import *
from tests.integration.web.form_desk import *


def test_x(form_desk):
    b = form_desk.browser("nora")
    b.get("/skjema/intake")
    print(b.status)
    print(b.source)
    b.send("/skjema/intake", REQUEST)
    print(b.status, b.path)
    print(b.source)
    form_desk.work_all()
    b.get(b.path)
    print(b.source)
