"""What people read in Spanish, by key: plain data."""

from __future__ import annotations

TEXTS: dict[str, str] = {
    "rejection.not_downloadable.folder": "No descargable",
    "rejection.not_downloadable": (
        "Dropbox no entrega este archivo, como los documentos de Paper y de Google Docs. Expórtelo como PDF"
        " y deje el PDF."
    ),
    "rejection.restricted.folder": "Restringido por Dropbox",
    "rejection.restricted": (
        "Desde hace una semana Dropbox no entrega este archivo, que tiene restringido. Deje otra copia del "
        "documento, o consulte al soporte de Dropbox y déjelo de nuevo."
    ),
    "rejection.empty.folder": "Archivo vacío",
    "rejection.empty": "Este archivo está vacío. Compruebe que se abre en su ordenador y déjelo de nuevo.",
    "rejection.too_large.folder": "Demasiado grande",
    "rejection.too_large": (
        "Este archivo es demasiado grande. Reduzca su tamaño o divídalo, y déjelo de nuevo."
    ),
    "rejection.unsupported_type.folder": "Tipo no admitido",
    "rejection.unsupported_type": (
        "Este tipo de archivo no se puede importar, sea cual sea su nombre. Deje un archivo PDF, JPEG, PNG,"
        " HEIC, HEIF, WebP, TIFF o GIF, el XML de una factura electrónica, o un correo guardado como .eml "
        "con uno de ellos adjunto."
    ),
    "rejection.password_protected.folder": "Protegido con contraseña",
    "rejection.password_protected": (
        "Este archivo solo se abre con una contraseña. Guarde una copia sin contraseña y deje la copia."
    ),
    "rejection.damaged.folder": "Dañado",
    "rejection.damaged": (
        "Este archivo está dañado o incompleto y no se puede mostrar. Descargue, escanee o fotografíe de "
        "nuevo el documento y deje el nuevo archivo."
    ),
    "rejection.too_complex.folder": "Demasiado complejo",
    "rejection.too_complex": (
        "Este archivo tiene demasiadas páginas, o imágenes demasiado grandes, para leerlo. Divídalo o "
        "reduzca su resolución, y déjelo de nuevo."
    ),
    "rejection.unreadable.folder": "Ilegible",
    "rejection.unreadable": (
        "Este archivo no se pudo leer. Imprímalo como PDF o hágale una foto, y deje el nuevo archivo."
    ),
    "rejection.none_attached.folder": "Sin documento adjunto",
    "rejection.none_attached": (
        "Este correo no tiene ningún documento adjunto que se pueda importar. Guarde el documento mismo "
        "y deje ese archivo."
    ),
    "rejection.several_attached.folder": "Varios documentos adjuntos",
    "rejection.several_attached": (
        "Este correo tiene varios archivos adjuntos. Guarde cada documento y déjelos uno a uno."
    ),
    "refusal.access_denied": "No dio a Jenji acceso a Dropbox. No se ha cambiado nada.",
    "refusal.account_already_linked": (
        "Esta cuenta de Dropbox ya está vinculada por otro usuario u otra empresa de Jenji. Elija otra "
        "cuenta de Dropbox, o haga que la desvinculen allí primero."
    ),
    "refusal.already_used": (
        "Este enlace ya se utilizó. Compruebe sus ajustes de Dropbox, o empiece de nuevo."
    ),
    "refusal.dropbox_error": (
        "Dropbox rechazó la vinculación. Empiece de nuevo, o consulte a nuestro soporte."
    ),
    "refusal.expired": "La vinculación tardó demasiado. Empiece de nuevo.",
    "refusal.invalid_cursor": "Esta página de la lista ya no existe. Vuelva a la primera.",
    "refusal.invalid_request": "Esta petición no se entiende. Empiece de nuevo desde sus ajustes de Dropbox.",
    "refusal.invalid_start_date": (
        "La fecha de inicio debe ser una fecha que no esté en el futuro. Elija otra."
    ),
    "refusal.missing_scope": (
        "Dropbox no dio todos los permisos que Jenji necesita. Empiece de nuevo y acéptelos todos."
    ),
    "refusal.no_team_space": "Esta cuenta de Dropbox no tiene espacio de equipo además de su propia carpeta.",
    "refusal.not_administrator": "Solo un administrador puede gestionar el Dropbox de la empresa.",
    "refusal.not_found": "No hay nada así. Vuelva a cargar la página.",
    "refusal.not_linked": (
        "No hay ninguna cuenta de Dropbox vinculada, o su vínculo está interrumpido. Vincúlela primero."
    ),
    "refusal.not_retryable": "Esto no se puede reintentar: no ha fallado, o ya se está reintentando.",
    "refusal.not_signed_in": "Inicie sesión en Jenji y empiece de nuevo.",
    "refusal.not_splittable": (
        "Esto no se puede dividir: se ha modificado o decidido entretanto, o es un solo documento."
    ),
    "refusal.other_user": (
        "Otro usuario empezó esta vinculación. Inicie sesión como ese usuario, o empiece de nuevo con el "
        "suyo."
    ),
    "refusal.paused": "Jenji ha pausado su trabajo con Dropbox. Seguirá por sí solo; inténtelo más tarde.",
    "refusal.plan_required": "Sincronizar con el Dropbox de la empresa necesita el plan Team o Enterprise.",
    "refusal.purpose_unavailable": "Este uso de Dropbox todavía no está disponible.",
    "refusal.too_many_requests": (
        "Se ha pedido demasiadas veces en poco tiempo. Inténtelo de nuevo en un minuto."
    ),
    "refusal.try_again": "Dropbox o Jenji no responde en este momento. Inténtelo de nuevo en un minuto.",
    "problem.token_revoked": "Jenji ya no tiene acceso a esta cuenta de Dropbox. Vincúlela de nuevo.",
    "problem.scope_missing": (
        "Dropbox ha retirado algunos de los permisos que Jenji necesita. Vincule la cuenta de nuevo."
    ),
    "problem.quota_full": "Esta cuenta de Dropbox está llena. Libere espacio en ella.",
    "problem.user_inactive": "Su cuenta de Jenji no está activa. Consulte a su administrador.",
    "problem.dropbox_suspended": "Dropbox ha suspendido esta cuenta. Consulte al soporte de Dropbox.",
    "problem.administrator_gone": (
        "La persona que vinculó esta cuenta de Dropbox ya no es administradora de su empresa. "
        "Asuma el vínculo, o vincule otra cuenta."
    ),
    "problem.plan": "La sincronización necesita el plan Team o Enterprise. Cambie de plan y seguirá.",
    "problem.paused": "Jenji ha pausado su trabajo con Dropbox. Seguirá por sí solo.",
    "problem.rate_limited": "Dropbox pide una pausa. Jenji seguirá por sí solo en unos minutos.",
    "problem.transport_limit": (
        "Su equipo de Dropbox ha agotado las subidas por aplicaciones de este mes. Nada se ha perdido: "
        "Jenji seguirá por sí solo el primero del próximo mes."
    ),
    "problem.space_unavailable": (
        "El espacio de equipo donde se archivan los documentos se ha movido, o está cerrado para la cuenta "
        "vinculada. Elija abajo su propia carpeta, o vincule la cuenta de nuevo. Nada se ha perdido."
    ),
    "problem.access_denied": (
        "Dropbox no deja que Jenji use esta cuenta. Consulte al administrador de su equipo de Dropbox; "
        "después Jenji seguirá por sí solo."
    ),
    "problem.dropbox_unavailable": "No se puede contactar con Dropbox ahora. Jenji seguirá por sí solo.",
    "problem.dropbox_refused": "Dropbox rechaza lo que Jenji le pide. Contacte con nuestro soporte.",
    "waiting.incomplete": "Puede que este archivo aún esté de camino a Dropbox.",
    "waiting.being_read": "Este archivo se está leyendo con especial cuidado.",
    "waiting.cannot_be_moved": "Este archivo está registrado, pero Dropbox aún no deja moverlo.",
    "waiting.try_again": "Este archivo no se pudo obtener de Dropbox. Jenji lo reintenta por sí solo.",
    "delivery.acceptance_withdrawn": "El gasto ya no está aceptado.",
    "delivery.account_changed": "Entretanto se vinculó otra cuenta de Dropbox.",
    "delivery.document_missing": "El documento no está en Jenji. Contacte con nuestro soporte.",
    "delivery.document_removed": "El documento se quitó de su gasto.",
    "delivery.dropbox_refused": "Dropbox rechazó el documento. Reinténtelo, o contacte con nuestro soporte.",
    "delivery.path_taken": (
        "Otros archivos tienen ya todos los nombres que podría tener en Dropbox. Cámbieles primero el nombre."
    ),
    "delivery.try_again": "El documento aún no se pudo entregar. Jenji lo reintenta por sí solo.",
    "delivery.unreadable": "El documento no se pudo leer. Contacte con nuestro soporte.",
    "no_preview.being_read": "El documento se está leyendo: se podrá ver aquí en un momento.",
    "no_preview.data_only": "Este documento son datos sin páginas: lo leído viene de los datos adjuntos.",
    "no_preview.not_made": "No hay imagen de este documento. Abra el propio documento.",
    "category.meal": "Comida",
    "category.hotel": "Hotel",
    "category.train": "Tren",
    "category.flight": "Vuelo",
    "category.taxi": "Taxi",
    "category.public-transport": "Transporte público",
    "category.car-rental": "Alquiler de coche",
    "category.fuel": "Combustible",
    "category.parking": "Aparcamiento",
    "category.toll": "Peaje",
    "category.telecom": "Telecomunicaciones",
    "category.software": "Software",
    "category.office-supplies": "Material de oficina",
    "category.groceries": "Alimentación",
    "category.postage": "Correo",
    "manifest.column.expense_id": "Identificador del gasto",
    "manifest.column.employee": "Empleado",
    "manifest.column.date": "Fecha",
    "manifest.column.merchant": "Comercio",
    "manifest.column.amount": "Importe",
    "manifest.column.currency": "Moneda",
    "manifest.column.category": "Categoría",
    "manifest.column.file_path": "Ruta del archivo",
    "manifest.column.sha256": "SHA-256",
    "manifest.column.delivered_at": "Entregado el (UTC)",
    "manifest.column.space": "Espacio",
    "manifest.column.position": "Documento",
    "manifest.column.document_number": "Número de factura",
    "manifest.column.net": "Base",
    "manifest.column.vat": "IVA",
    "manifest.column.vat_source": "Origen del IVA",
    "manifest.column.last_proof": "Última comprobación",
    "manifest.column.dropbox": "En Dropbox",
    "manifest.column.rate": "Tipo de IVA",
    "manifest.column.documents": "Documentos",
    "manifest.column.expenses": "Gastos",
    "manifest.column.by_employee": "Por empleado",
    "manifest.column.by_category": "Por categoría",
    "manifest.column.check": "Comprobación",
    "manifest.column.net_of_rate": "Base al {rate} %",
    "manifest.column.vat_of_rate": "IVA al {rate} %",
    "manifest.column.net_of_other": "Base, otros tipos",
    "manifest.column.vat_of_other": "IVA, otros tipos",
    "manifest.column.net_of_none": "Base, tipo no indicado",
    "manifest.column.vat_of_none": "IVA, tipo no indicado",
    "manifest.sheet.expenses": "Gastos",
    "manifest.sheet.totals": "Totales",
    "manifest.totals.all": "Todos los gastos",
    "manifest.totals.employee": "Por empleado",
    "manifest.totals.category": "Por categoría",
    "manifest.totals.rate": "Por tipo de IVA",
    "manifest.totals.none": "(sin)",
    "manifest.check.right": "cuadra",
    "manifest.check.wrong": "difiere",
    "manifest.open": "Abrir",
    "manifest.page": "Página",
    "manifest.space.member_folder": "carpeta del miembro",
    "manifest.space.team_space": "espacio de equipo",
    "manifest.vat_source.host": "gasto",
    "manifest.vat_source.read": "documento, según lectura",
    "contradiction.total-differs-from-page": "El total de los datos adjuntos no es el de la página.",
    "contradiction.date-differs-from-page": "La fecha de los datos adjuntos no es la de la página.",
    "contradiction.currency-differs-from-page": "La moneda de los datos adjuntos no es la de la página.",
    "contradiction.number-differs-from-page": "El número de los datos adjuntos no es el de la página.",
    "contradiction.sum-does-not-add-up": "Los importes de los datos adjuntos no cuadran.",
    "contradiction.several-invoices": "El documento lleva adjuntas varias facturas.",
    "contradiction.several-documents": "El archivo contiene varios documentos: compruebe de cuál se trata.",
    "active_content.found": "Este documento contiene contenido activo: ábralo con precaución.",
    "active_content.not_known": (
        "No se pudo comprobar si este documento contiene contenido activo: ábralo con precaución."
    ),
    "apps_folder": "(la carpeta de sus aplicaciones)",
    "refusal.invalid_address": "No es una dirección de correo a la que se pueda enviar una invitación.",
    "refusal.link_not_working": (
        "El vínculo con Dropbox está interrumpido. Restablézcalo primero, como indica el mensaje de arriba."
    ),
    "refusal.other_account": (
        "Era otra cuenta de Dropbox que la de la empresa. No ha cambiado nada. Empiece de nuevo e "
        "inicie sesión en la de la empresa."
    ),
    "refusal.sharing_not_allowed": (
        "Jenji todavía no puede compartir la carpeta. Permítalo primero en Dropbox."
    ),
    "refusal.sharing_under_way": (
        "Hay otro cambio de esta carpeta en curso. Espere a que se haya hecho y vuelva a intentarlo."
    ),
    "found.present": "Se buscó en Dropbox, estaba allí y no se tocó.",
    "found.missing": "Ya no estaba en su sitio en Dropbox, así que se envía de nuevo.",
    "found.changed": "En su sitio en Dropbox había otra cosa, así que se envía de nuevo al lado.",
    "found.failed": "No se había entregado, así que se envía de nuevo.",
    "sharing.consent_missing": "Dropbox ya no permite que Jenji comparta la carpeta. Permítalo de nuevo.",
    "sharing.outside_team": (
        "La configuración de su equipo en Dropbox no permite compartir con personas de fuera del "
        "equipo. Pida a su administrador de Dropbox que lo permita para esta carpeta."
    ),
    "sharing.email_unverified": (
        "Una dirección de correo aún no está verificada en Dropbox: la suya o la de esta persona. "
        "Confírmela en la configuración de Dropbox y vuelva a intentarlo."
    ),
    "sharing.address_refused": "Dropbox no acepta esta dirección. Compruebe que esté bien escrita.",
    "sharing.plan": "Su plan de Dropbox no lo permite. Elija otro acceso, u otro plan en Dropbox.",
    "sharing.invitation_limit": (
        "Dropbox no acepta por ahora más invitaciones ni miembros en esta carpeta. Quite los que no "
        "hagan falta o inténtelo mañana."
    ),
    "sharing.inside_shared_folder": (
        "Esta carpeta está dentro de una que ya se comparte. Comparta aquella o deje primero de compartirla."
    ),
    "sharing.contains_shared_folder": (
        "Una carpeta dentro de esta ya se comparte, por ejemplo un año. Deje primero de compartirla y "
        "comparta después toda la carpeta."
    ),
    "sharing.folder_unshareable": "Dropbox no permite compartir esta carpeta donde se encuentra.",
    "sharing.folder_missing": (
        "Todavía no hay carpeta de este año. Se podrá compartir cuando hayan llegado documentos."
    ),
    "sharing.too_many_files": (
        "La carpeta tiene demasiados archivos para que Dropbox haga este cambio de una vez. Hágalo en "
        "la web de Dropbox."
    ),
    "sharing.no_permission": (
        "La cuenta de Dropbox vinculada no puede compartir esta carpeta. Diríjase al administrador del "
        "Dropbox de su equipo."
    ),
    "sharing.is_owner": "Es la dirección del propietario de la carpeta, que siempre tiene acceso.",
    "sharing.access_inherited": (
        "Este acceso viene de una carpeta superior o de un grupo. Cámbielo en Dropbox."
    ),
    "sharing.not_in_time": (
        "No se pudo contactar con Dropbox durante un día y se abandonó el cambio. Inténtelo de nuevo."
    ),
    "sharing.link_changed": "Dropbox se vinculó de nuevo antes de hacerlo. Inténtelo de nuevo.",
    "sharing.dropbox_refused": (
        "Dropbox lo rechazó sin un motivo que conozcamos. Pruebe en la web de Dropbox o pregunte a "
        "nuestro soporte."
    ),
    "refusal.proof_under_way": "Se está comprobando la carpeta. Espere a que termine y vuelva a intentarlo.",
    "proof.not_in_time": (
        "No se ha podido acceder a Dropbox durante un día, por lo que se ha desistido. Vuelva a intentarlo."
    ),
    "proof.link_changed": (
        "Se ha vuelto a vincular Dropbox antes de que esto se hiciera. Vuelva a intentarlo."
    ),
    "proof.no_permission": (
        "La cuenta de Dropbox vinculada no puede ver el contenido de esta carpeta. Diríjase al "
        "administrador del Dropbox de su equipo."
    ),
    "proof.too_many_files": (
        "La carpeta contiene más archivos de los que se pueden comparar. Consulte a nuestro servicio de "
        "asistencia."
    ),
    "proof.dropbox_refused": (
        "Dropbox lo ha rechazado sin una razón que conozcamos. Vuelva a intentarlo o consulte a nuestro "
        "servicio de asistencia."
    ),
    "proof_file.run": "Comprobación",
    "proof_file.as_of": "Situación a",
    "proof_file.documents": "Documentos entregados",
    "proof_file.present": "En su sitio, sin cambios",
    "proof_file.missing": "Faltan",
    "proof_file.changed": "Modificados",
    "proof_file.moved": "Movidos dentro de la carpeta",
    "proof_file.doubled": "Otras copias",
    "proof_file.other_account": "No buscados: en un Dropbox vinculado antes",
    "proof_file.other_space": "No buscados: en el otro espacio del equipo",
    "proof_file.finding": "Resultado",
    "proof_file.path": "Entregado en",
    "proof_file.found_at": "Encontrado en",
    "proof_file.expense_id": "Id. del gasto",
    "proof_file.more": "Hay más de los que caben en esta lista.",
    "proof_file.finding.missing": "falta",
    "proof_file.finding.changed": "modificado",
    "proof_file.finding.moved": "movido",
    "proof_file.finding.doubled": "otra copia",
    "refusal.filing_changed": (
        "Alguien ha cambiado entretanto la vinculación de la empresa o su archivo. Mire cómo está "
        "ahora y vuelva a elegir."
    ),
    "refusal.filing_employee_missing": (
        "Sin una carpeta por empleado, los documentos de varias personas estarían mezclados. Añada la"
        " carpeta del empleado."
    ),
    "refusal.filing_month_before_year": (
        "Una carpeta de mes que contiene años mezclaría el mismo mes de distintos años. Ponga el año "
        "antes del mes, o quítelo: el mes indica entonces su año."
    ),
    "refusal.filing_month_missing": (
        "Sin carpetas de meses, una sola carpeta contendría los documentos de años enteros. Añada el mes."
    ),
    "refusal.filing_parts_unfit": (
        "Un nombre de archivo consta de al menos una de las partes ofrecidas, y cada una aparece una "
        "vez. Elíjalas de nuevo."
    ),
    "refusal.filing_private_folder": (
        "Solo el año, el mes y el empleado pueden dar nombre a una carpeta: toda persona invitada lee"
        " su nombre, y los comercios y los importes no son asunto de todos."
    ),
    "refusal.filing_year_shared": (
        "La carpeta de un año está compartida y los documentos nuevos ya no llegarían a ella. Deje "
        "primero de compartirla, o mantenga el año como primera carpeta."
    ),
    "refusal.no_year_folder": (
        "Con su forma de archivar, los documentos de un año no están en una sola carpeta. Comparta "
        "toda la carpeta, o elija el año como primera carpeta."
    ),
    "sharing.no_year_folder": (
        "Los documentos ya no se archivan primero por año, así que un año no puede compartirse por sí"
        " solo. Comparta toda la carpeta."
    ),
}
