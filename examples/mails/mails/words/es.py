"""Spanish."""

from .model import Words, one_is_one

WORDS = Words(
    code="es",
    plural=one_is_one,
    thousands=".",
    greeting="Hola, {name}:",
    button="Abrir Jenji",
    footer="Jenji le escribe porque su Dropbox, o el de su empresa, está vinculado.",
    unsubscribe="Dejar de recibir estos mensajes",
    batch_subjects={
        "imported": {"one": "Su justificante está listo", "other": "Sus {n} justificantes están listos"},
        "rejected": {
            "one": "No se ha podido importar un archivo",
            "other": "No se han podido importar {n} archivos",
        },
    },
    batch={
        "imported": {
            "one": "El documento que dejó en Dropbox está leído y ya es un gasto.",
            "other": "Los documentos que dejó en Dropbox están leídos: {n} ya son gastos.",
        },
        "to_check": {
            "one": "Revise uno de ellos antes de enviarlo.",
            "other": "Revise {n} de ellos antes de enviarlos.",
        },
        "rejected": {
            "one": "No se ha podido importar un archivo. La página explica por qué y qué puede hacer.",
            "other": "No se han podido importar {n} archivos. La página explica por qué y qué puede hacer.",
        },
        "duplicate": {
            "one": "Un archivo ya se había importado.",
            "other": "{n} archivos ya se habían importado.",
        },
    },
    link_subject="Jenji y Dropbox han dejado de comunicarse",
    link_reasons={
        "token_revoked": (
            "Dropbox ya no deja entrar a Jenji. Vincule de nuevo su cuenta; mientras tanto no se pierde nada."
        ),
        "scope_missing": (
            "Dropbox no da a Jenji el acceso que necesita. Vincule de nuevo su cuenta y permita todo lo que se pide."
        ),
        "quota_full": "Su Dropbox está lleno. Libere espacio: la entrega sigue por sí sola en menos de una hora.",
        "transport_limit": (
            "Su equipo de Dropbox ha agotado las subidas de este mes. Siguen por sí solas el mes que viene."
        ),
        "plan": "El plan de su empresa ya no incluye esto. No se pierde nada; sigue cuando lo incluya.",
        "administrator_gone": (
            "El administrador que vinculó el Dropbox de su empresa ya no lo es. "
            "Asuma el vínculo o vincule otra cuenta: mientras tanto no se entrega nada."
        ),
        "dropbox_suspended": "Dropbox ha suspendido su cuenta. Su asistencia puede ayudarle.",
        "access_denied": "Su equipo de Dropbox no deja entrar a Jenji. Un administrador del equipo puede permitirlo.",
        "space_unavailable": (
            "El espacio de equipo al que van los documentos ya no existe. Elija su propia carpeta o vincule de nuevo."
        ),
    },
    link_other="Algo falla en el vínculo con Dropbox. La página explica qué es y qué puede hacer.",
    delivery_subject="No se han podido entregar justificantes en el Dropbox de su empresa",
    delivery=(
        "No se han podido entregar justificantes de gastos aceptados. "
        "La página los enumera; algunos se pueden reintentar."
    ),
)
