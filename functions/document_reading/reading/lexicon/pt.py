"""Portuguese."""

from __future__ import annotations

from functions.document_reading.reading.lexicon.language import DateLabel, Language, Role
from functions.document_reading.reading.model import Category

LANGUAGE = Language(
    months=(
        "janeiro jan",
        "fevereiro fev",
        "marco mar",
        "abril abr",
        "maio mai",
        "junho jun",
        "julho jul",
        "agosto ago",
        "setembro set",
        "outubro out",
        "novembro nov",
        "dezembro dez",
    ),
    before_month="de ",
    before_year="de ",
    range_words="a|ate",
    dates={
        DateLabel.ISSUE: """
            data de emissao|data da fatura|data da factura|data emissao|data do documento
            emitida em|emitido em|data fatura
        """,
        DateLabel.DATE: "data|dt",
        DateLabel.TITLE: """
            fatura|factura|fatura recibo|recibo|fatura simplificada|nota fiscal|cupom fiscal
        """,
        DateLabel.DUE: """
            vencimento|data de vencimento|data limite|pagar ate|pagamento ate|data vencimento
            vence em
        """,
        DateLabel.ORDER: "encomenda|data da encomenda|pedido|orcamento|nota de encomenda",
        DateLabel.SERVICE: """
            entrega|data de entrega|periodo|data de inicio|chegada|partida|entrada|estadia
            valido de|data da prestacao
        """,
        DateLabel.PRINT: "impresso|impresso em|processado por",
        DateLabel.OTHER: "validade|nascimento|valido ate",
    },
    amounts={
        Role.TOTAL: """
            total|valor total|total geral|total da fatura|total do documento|soma
            total iva incluido
        """,
        Role.PAYABLE: """
            total a pagar|a pagar|valor a pagar|montante a pagar|importancia a pagar
        """,
        Role.SUB: "subtotal|sub total",
        Role.GROSS: "com iva|iva incluido|total com iva",
        Role.WITH: "incluido|incluindo|inclui",
        Role.WITHOUT: """
            sem iva|incidencia|base tributavel|valor liquido|total iliquido|iliquido
            base de incidencia
        """,
        Role.TAX: "iva|imposto|impostos|valor do iva|total iva|icms|iss",
        Role.ROUNDING: "arredondamento|acerto",
        Role.DISCOUNT: "desconto|descontos|abatimento",
        Role.SERVICE: "taxa de servico|portes|portes de envio",
        Role.TIP: "gorjeta",
        Role.PAID: """
            dinheiro|numerario|multibanco|cartao|cartao de credito|pago|valor pago|pagamento
            mb way|entregue|recebido|transferencia
        """,
        Role.CHANGE: "troco",
        Role.PREPAID: "adiantamento|sinal",
        Role.LEFT: "em divida|saldo",
        Role.COUNT: "quantidade|qtd|artigos",
        Role.AMOUNT: "valor|montante|preco|importancia",
        Role.OTHER: "preco unitario|p unit|pontos",
    },
    invoices="fatura|factura|fatura-recibo|fatura recibo",
    receipts="recibo|nota fiscal|documento|fatura simplificada",
    number_joiners="da|do",
    credit_notes="nota de credito",
    titles="nota data",
    document_words="fatura factura recibo subtotal pagamento",
    headings="""
        fatura factura recibo data cliente pagina original duplicado obrigado contribuinte nif
        artigo preco valor iva qtd morada
    """,
    sellers="vendedor|fornecedor|emitente|prestador",
    buyers="""
        cliente|comprador|adquirente|destinatario|exmo senhor|exmos senhores|exmo sr|faturar a
        morada de entrega|morada de faturacao
    """,
    name_labels="nome|empresa|designacao social",
    section_headings="""
        descricao|artigos|pagamento|condicoes de pagamento|observacoes|resumo do iva
        dados bancarios
    """,
    registers="nif|nipc|contribuinte|capital social|cnpj|conservatoria",
    tax_numbers="nif|nipc|contribuinte|cnpj",
    not_names="obrigado|obrigada|volte sempre|pagina #|telefone",
    legal_forms="lda|unipessoal lda|sa|s a|ltda|limitada",
    operating_companies="exploracao gestao",
    trades="""
        pastelaria restaurante cafe cervejaria farmacia supermercado mercearia papelaria
        livraria padaria talho hotel pensao tasca
    """,
    name_joiners="de da do dos das e",
    open_ends="e de",
    welcomes="bem-vindo a|bem-vindos a",
    thanks="obrigado pela sua visita ao|obrigado por escolher",
    places="""
        rua avenida travessa largo praca estrada lote andar freguesia concelho
    """,
    categories={
        Category.FUEL: "gasolina|gasoleo|combustivel|posto",
        Category.HOTEL: "quarto|noites|dormida|estadia|diaria",
        Category.MEAL: "restaurante|almoco|jantar|pastelaria|cervejaria|prato",
        Category.TRAIN: "comboio|cp comboios|trem",
        Category.FLIGHT: "voo|aeroporto|bilhete aereo",
        Category.TAXI: "corrida|taxista",
        Category.PUBLIC_TRANSPORT: "bilhete metro|carris|onibus|autocarro",
        Category.CAR_RENTAL: "aluguer de viatura|aluguel de carro|rent a car",
        Category.PARKING: "estacionamento|parque de estacionamento",
        Category.TOLL: "portagem|pedagio|via verde",
        Category.TELECOM: "telemovel|telefone|internet movel",
        Category.SOFTWARE: "licenca|alojamento web|dominio",
        Category.OFFICE_SUPPLIES: "papelaria|material de escritorio|tinteiro",
        Category.GROCERIES: "supermercado|mercearia|hipermercado",
        Category.POSTAGE: "correios|selo|ctt|encomenda postal",
    },
)
