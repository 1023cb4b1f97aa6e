"""Spanish."""

from __future__ import annotations

from functions.document_reading.reading.lexicon.language import DateLabel, Language, Role
from functions.document_reading.reading.model import Category

LANGUAGE = Language(
    months=(
        "enero ene",
        "febrero feb",
        "marzo mar",
        "abril abr",
        "mayo may",
        "junio jun",
        "julio jul",
        "agosto ago",
        "septiembre sept sep",
        "octubre oct",
        "noviembre nov",
        "diciembre dic",
    ),
    before_month="de ",
    before_year="de |del ",
    range_words="a|al",
    dates={
        DateLabel.ISSUE: """
            fecha de factura|fecha factura|fecha de emision|fecha emision|fecha de expedicion
            fecha expedicion
        """,
        DateLabel.OTHER: "caducidad|validez|valido hasta",
        DateLabel.DATE: "fecha",
        DateLabel.TITLE: "factura|recibo",
        DateLabel.DUE: "vencimiento|fecha de vencimiento|vence|antes del|pago",
        DateLabel.ORDER: "pedido|fecha de pedido|segun|factura original|factura rectificada",
        DateLabel.SERVICE: "entrega|periodo|llegada|salida|desde|hasta|entrada",
        DateLabel.PRINT: "impreso",
    },
    amounts={
        Role.TOTAL: "importe total|total factura|total general|suma total|suma",
        Role.PAYABLE: "a pagar|total a pagar|importe a pagar|liquido a pagar",
        Role.SUB: "subtotal|parziale",
        Role.WITH: "incluido|incluida|incluidos",
        Role.WITHOUT: "sin|sin iva|base imponible|imponible|bruto sin",
        Role.NET: "neto",
        Role.TAX: "iva|igic|impuesto|impuestos|cuota|cuota iva|importe iva",
        Role.GROSS: "con iva|iva incluido",
        Role.TIP: "propina|propina sugerida",
        Role.ROUNDING: "redondeo",
        Role.DISCOUNT: "descuento|dto|descuentos|ahorro",
        Role.AFTER: "despues",
        Role.SERVICE: "gastos de envio",
        Role.PAID: "efectivo|tarjeta|pagado|entregado|cobrado",
        Role.CHANGE: "cambio|vuelto|vuelta|devolucion",
        Role.PREPAID: "anticipo|anticipos|senal",
        Role.LEFT: "pendiente|saldo",
        Role.COUNT: "cantidad|uds|articulos|unidades",
        Role.AMOUNT: "importe|precio",
        Role.OTHER: "precio unitario|puntos",
    },
    look_alikes="carne",
    invoices="factura",
    receipts="recibo|ticket|nota|documento",
    number_joiners="de|de la",
    credit_notes="nota de credito|abono|factura rectificativa",
    titles="nota",
    document_words="factura recibo fecha numero",
    headings="factura recibo fecha cliente pagina simplificada gracias",
    sellers="vendedor|proveedor|emisor|titular",
    buyers="cliente|comprador|destinatario|facturar a|enviar a",
    name_labels="nombre|razon social|empresa",
    section_headings="""
        descripcion|concepto|detalle|forma de pago|pago|condiciones de pago|observaciones|datos bancarios
        contacto|notas
    """,
    registers="cif|nif",
    tax_numbers="cif|nif",
    not_names="pagina #|gracias",
    legal_forms="sl|s l|slu|s l u|sau|s a u|sll|s coop|scl|sa|s a",
    operating_companies="explotaciones inversiones",
    trades="""
        panaderia farmacia restaurante bodega cafeteria supermercado taberna mercado libreria gasolinera
    """,
    name_joiners="de del la y e",
    open_ends="y e",
    order_kinds="para llevar|para aqui|para comer aqui|copia cliente|copia comercio",
    thanks="gracias por su visita a|gracias por su compra en|gracias por comprar en|gracias por elegir",
    places="calle avda avenida paseo plaza carretera ctra poligono apartado",
    categories={
        Category.FUEL: "gasolina|gasoleo|gasolinera",
        Category.HOTEL: "habitacion|noche|noches",
        Category.MEAL: "restaurante|cubiertos",
        Category.TRAIN: "renfe|ave|tren",
        Category.FLIGHT: "vuelo",
        Category.TAXI: "carrera",
        Category.PUBLIC_TRANSPORT: "emt",
        Category.CAR_RENTAL: "alquiler de coches",
        Category.PARKING: "aparcamiento",
        Category.TOLL: "peaje",
        Category.TELECOM: "telefonia",
        Category.OFFICE_SUPPLIES: "papeleria",
        Category.GROCERIES: "supermercado",
        Category.POSTAGE: "correos|sello",
    },
)
