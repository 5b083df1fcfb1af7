"""What the network counts and how it makes indicators of it."""

from __future__ import annotations

from django.conf import settings
from django.core.validators import MaxValueValidator, RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from wirknetz.network.models import Network

CODE = RegexValidator(
    r"^[a-z][a-z0-9_]{0,39}$",
    _("Ein Kürzel beginnt mit einem Kleinbuchstaben und hat nur a–z, 0–9 und _."),
)
CATEGORY_CODE = RegexValidator(
    r"^[^=|,\s]{1,40}$", _("Ein Kürzel hat keine Leerzeichen und kein =, | oder Komma.")
)


class Dimension(models.Model):
    """A way to break values down, for instance gender. The network's own list."""

    network = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="dimensions")
    code = models.CharField(_("Kürzel"), max_length=40, validators=[CODE])
    name = models.CharField(_("Name"), max_length=80)
    position = models.PositiveSmallIntegerField(default=0)
    retired = models.BooleanField(_("nicht mehr abfragen"), default=False)

    PERSONAL: frozenset[str] = frozenset()
    HARMLESS = frozenset({"id", "network", "code", "name", "position", "retired"})

    class Meta:
        ordering = ["position", "code"]
        constraints = [
            models.UniqueConstraint(fields=["network", "code"], name="dimension_code_once"),
        ]

    def __str__(self) -> str:
        """Return the name."""
        return self.name


class Category(models.Model):
    """One category of a dimension; ``is_unknown`` where the network wants "unbekannt"."""

    dimension = models.ForeignKey(Dimension, on_delete=models.CASCADE, related_name="categories")
    code = models.CharField(_("Kürzel"), max_length=40, validators=[CATEGORY_CODE])
    name = models.CharField(_("Name"), max_length=80)
    is_unknown = models.BooleanField(_("steht für „unbekannt“"), default=False)
    position = models.PositiveSmallIntegerField(default=0)
    retired = models.BooleanField(_("nicht mehr abfragen"), default=False)

    PERSONAL: frozenset[str] = frozenset()
    HARMLESS = frozenset({"id", "dimension", "code", "name", "is_unknown", "position", "retired"})

    class Meta:
        ordering = ["position", "code"]
        constraints = [
            models.UniqueConstraint(fields=["dimension", "code"], name="category_code_once"),
        ]

    def __str__(self) -> str:
        """Return the name."""
        return self.name


class Cell(models.Model):
    """A combination of categories that was really used; the empty key is the total.

    ``key`` and ``grain`` are those of :class:`wirknetz.core.values.Cell`.
    """

    network = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="cells")
    key = models.CharField(max_length=300, blank=True)
    grain = models.CharField(max_length=200, blank=True)

    PERSONAL: frozenset[str] = frozenset()
    HARMLESS = frozenset({"id", "network", "key", "grain"})

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["network", "key"], name="cell_once"),
        ]

    def __str__(self) -> str:
        """Return the key."""
        return self.key


class CellCategory(models.Model):
    """One category of a cell."""

    cell = models.ForeignKey(Cell, on_delete=models.CASCADE, related_name="categories")
    dimension = models.ForeignKey(Dimension, on_delete=models.PROTECT, related_name="+")
    category = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="+")

    PERSONAL: frozenset[str] = frozenset()
    HARMLESS = frozenset({"id", "cell", "dimension", "category"})

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cell", "dimension"], name="cell_dimension_once"),
        ]

    def __str__(self) -> str:
        """Return the category."""
        return str(self.category_id)


class Measure(models.Model):
    """What a partner counts."""

    class Level(models.TextChoices):
        """Impact level (Wirkungsstufe)."""

        INPUT = "input", _("Input: was wir einsetzen")
        OUTPUT = "output", _("Output: was wir tun und wen wir erreichen")
        OUTCOME = "outcome", _("Outcome: was sich für Menschen ändert")
        IMPACT = "impact", _("Impact: was sich in der Gesellschaft ändert")

    class Counts(models.TextChoices):
        """What one unit of it is."""

        PERSONS = "persons", _("Personen")
        CASES = "cases", _("Fälle")
        EVENTS = "events", _("Ereignisse")
        OTHER = "other", _("etwas anderes")

    class Adds(models.TextChoices):
        """How it adds up."""

        FLOW = "flow", _("Zugang: über Organisationen und Zeiträume addiert")
        STOCK = "stock", _("Bestand: über Organisationen addiert, der letzte Stand gilt")
        MEAN = "mean", _("Mittelwert: nach Zahl der Fälle gewichtet")

    network = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="measures")
    code = models.CharField(_("Kürzel"), max_length=40, validators=[CODE])
    name = models.CharField(_("Name"), max_length=120)
    definition = models.TextField(_("Was genau wird gezählt?"), max_length=2000)
    unit = models.CharField(_("Einheit"), max_length=30, blank=True)
    group = models.CharField(_("Abschnitt im Formular"), max_length=80, blank=True)
    level = models.CharField(_("Wirkungsstufe"), max_length=10, choices=Level.choices)
    counts = models.CharField(_("zählt"), max_length=10, choices=Counts.choices)
    adds = models.CharField(_("wird zusammengezählt als"), max_length=10, choices=Adds.choices)
    decimals = models.PositiveSmallIntegerField(
        _("Nachkommastellen"), default=0, validators=[MaxValueValidator(4)]
    )
    maximum = models.DecimalField(
        _("höchster glaubhafter Wert"), max_digits=16, decimal_places=4, null=True, blank=True
    )
    position = models.PositiveSmallIntegerField(default=0)
    retired_on = models.DateField(null=True, blank=True)
    dimensions: models.ManyToManyField[Dimension, MeasureDimension] = models.ManyToManyField(
        Dimension, through="MeasureDimension", related_name="measures"
    )

    PERSONAL: frozenset[str] = frozenset()
    HARMLESS = frozenset(
        {"id", "network", "code", "name", "definition", "unit", "group", "level", "counts",
         "adds", "decimals", "maximum", "position", "retired_on", "dimensions"}
    )  # fmt: skip

    class Meta:
        ordering = ["position", "code"]
        constraints = [
            models.UniqueConstraint(fields=["network", "code"], name="measure_code_once"),
        ]

    def __str__(self) -> str:
        """Return the name."""
        return self.name


class MeasureDimension(models.Model):
    """A dimension by which a measure may be broken down."""

    measure = models.ForeignKey(Measure, on_delete=models.CASCADE)
    dimension = models.ForeignKey(Dimension, on_delete=models.PROTECT)

    PERSONAL: frozenset[str] = frozenset()
    HARMLESS = frozenset({"id", "measure", "dimension"})

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["measure", "dimension"], name="measure_dimension_once"),
        ]

    def __str__(self) -> str:
        """Return both numbers."""
        return f"{self.measure_id}·{self.dimension_id}"


class MeasureWording(models.Model):
    """What a measure meant before it was changed. Never changed itself, never removed.

    The current wording stands on the measure; each row holds the whole wording that
    ``replaced_by`` replaced at ``replaced_at``, and why.
    """

    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="wordings")
    name = models.CharField(max_length=120)
    definition = models.TextField(max_length=2000)
    unit = models.CharField(max_length=30, blank=True)
    level = models.CharField(max_length=10, choices=Measure.Level.choices)
    counts = models.CharField(max_length=10, choices=Measure.Counts.choices)
    adds = models.CharField(max_length=10, choices=Measure.Adds.choices)
    reason = models.TextField(max_length=500)
    replaced_at = models.DateTimeField()
    replaced_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    PERSONAL = frozenset({"replaced_by"})
    HARMLESS = frozenset(
        {"id", "measure", "name", "definition", "unit", "level", "counts", "adds", "reason",
         "replaced_at"}
    )  # fmt: skip

    class Meta:
        ordering = ["-replaced_at", "-id"]

    def __str__(self) -> str:
        """Return the name of then."""
        return self.name


class Indicator(models.Model):
    """What the network wants to see move. Its meaning is in its versions."""

    network = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="indicators")
    code = models.CharField(_("Kürzel"), max_length=40, validators=[CODE])
    name = models.CharField(_("Name"), max_length=120)
    goal = models.CharField(_("gehört zum Ziel"), max_length=300, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    retired_on = models.DateField(null=True, blank=True)

    PERSONAL: frozenset[str] = frozenset()
    HARMLESS = frozenset({"id", "network", "code", "name", "goal", "position", "retired_on"})

    class Meta:
        ordering = ["position", "code"]
        constraints = [
            models.UniqueConstraint(fields=["network", "code"], name="indicator_code_once"),
        ]

    def __str__(self) -> str:
        """Return the name."""
        return self.name


class IndicatorVersion(models.Model):
    """One definition of an indicator, in force from a period on. Never changed, only followed."""

    class Direction(models.TextChoices):
        """Which way is better."""

        UP = "up", _("mehr ist besser")
        DOWN = "down", _("weniger ist besser")
        NEUTRAL = "neutral", _("weder noch")

    class Accumulate(models.TextChoices):
        """How the series is made of the periods."""

        PER_PERIOD = "per_period", _("je Zeitraum")
        CUMULATIVE = "cumulative", _("aufaddiert seit Beginn")
        LATEST = "latest", _("letzter Stand")

    class State(models.TextChoices):
        """Whether it is a draft or counts."""

        DRAFT = "draft", _("Entwurf")
        IN_FORCE = "in_force", _("gilt")

    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    formula = models.CharField(_("Formel"), max_length=500)
    definition = models.TextField(_("Was sagt die Zahl?"), max_length=2000)
    unit = models.CharField(_("Einheit"), max_length=30, blank=True)
    percent = models.BooleanField(_("als Prozent zeigen"), default=False)
    decimals = models.PositiveSmallIntegerField(
        _("Nachkommastellen"), default=0, validators=[MaxValueValidator(4)]
    )
    direction = models.CharField(_("Richtung"), max_length=10, choices=Direction.choices)
    accumulate = models.CharField(
        _("Reihe"), max_length=12, choices=Accumulate.choices, default=Accumulate.PER_PERIOD
    )
    baseline = models.DecimalField(
        _("Ausgangswert"), max_digits=16, decimal_places=4, null=True, blank=True
    )
    baseline_note = models.CharField(_("Stand des Ausgangswerts"), max_length=200, blank=True)
    valid_from = models.CharField(_("gilt ab"), max_length=7)  # Period.code
    valid_from_ordinal = models.PositiveIntegerField()
    reason = models.TextField(_("Warum diese Fassung?"), max_length=2000, blank=True)
    adopted_label = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField()
    in_force_at = models.DateTimeField(null=True, blank=True)

    PERSONAL: frozenset[str] = frozenset()
    HARMLESS = frozenset(
        {"id", "indicator", "number", "state", "formula", "definition", "unit", "percent",
         "decimals", "direction", "accumulate", "baseline", "baseline_note", "valid_from",
         "valid_from_ordinal", "reason", "adopted_label", "created_at", "in_force_at"}
    )  # fmt: skip

    class Meta:
        ordering = ["indicator", "number"]
        constraints = [
            models.UniqueConstraint(fields=["indicator", "number"], name="version_number_once"),
            models.UniqueConstraint(
                fields=["indicator", "valid_from_ordinal"],
                condition=models.Q(state="in_force"),
                name="version_from_once",
            ),
        ]

    def __str__(self) -> str:
        """Return indicator and number."""
        return f"{self.indicator_id} v{self.number}"


class Target(models.Model):
    """What is aimed at in a period; ``value`` in the unit of the formula (0.45 for 45 %)."""

    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="targets")
    period = models.CharField(_("Zeitraum"), max_length=7)  # Period.code
    period_ordinal = models.PositiveIntegerField()
    value = models.DecimalField(_("Zielwert"), max_digits=16, decimal_places=4)
    tolerance = models.DecimalField(_("Spielraum"), max_digits=16, decimal_places=4, default=0)

    PERSONAL: frozenset[str] = frozenset()
    HARMLESS = frozenset({"id", "indicator", "period", "period_ordinal", "value", "tolerance"})

    class Meta:
        ordering = ["period_ordinal"]
        constraints = [
            models.UniqueConstraint(fields=["indicator", "period"], name="target_once"),
        ]

    def __str__(self) -> str:
        """Return the period."""
        return self.period


class ValidationRule(models.Model):
    """What must hold (error) or should hold (question) between the measures of a submission."""

    class Severity(models.TextChoices):
        """What happens where it does not hold."""

        ERROR = "error", _("Fehler: so nicht möglich")
        QUESTION = "question", _("Rückfrage: bitte erklären")

    network = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="validation_rules")
    expression = models.CharField(_("Regel"), max_length=300)
    severity = models.CharField(_("Art"), max_length=10, choices=Severity.choices)
    message = models.CharField(_("Satz für die Meldenden"), max_length=300)
    position = models.PositiveSmallIntegerField(default=0)
    active = models.BooleanField(_("aktiv"), default=True)

    PERSONAL: frozenset[str] = frozenset()
    HARMLESS = frozenset(
        {"id", "network", "expression", "severity", "message", "position", "active"}
    )

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        """Return the rule."""
        return self.expression
