"""Partners' own files: how they are to be read, one that is being looked at, what was taken."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from wirknetz.measurement.models.collection import Submission
from wirknetz.network.models import Network, Organisation


class MappingProfile(models.Model):
    """How an organisation's own spreadsheet becomes measures of this network; in versions."""

    network = models.ForeignKey(Network, on_delete=models.PROTECT, related_name="profiles")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="profiles"
    )
    name = models.CharField(max_length=80)
    created_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)

    PERSONAL: frozenset[str] = frozenset()
    HARMLESS = frozenset({"id", "network", "organisation", "name", "created_at", "retired_at"})

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["network", "organisation", "name"],
                condition=models.Q(retired_at__isnull=True),
                name="profile_name_once",
            ),
        ]

    def __str__(self) -> str:
        """Return the name."""
        return self.name


class ProfileVersion(models.Model):
    """One state of a mapping; never overwritten, the highest number is used."""

    profile = models.ForeignKey(MappingProfile, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    content = models.JSONField()  # core.files.recognition.model.Profile.as_dict()
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    PERSONAL = frozenset({"by", "content"})
    HARMLESS = frozenset({"id", "profile", "number", "at"})

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["profile", "number"], name="profile_version_once"),
        ]

    def __str__(self) -> str:
        """Return profile and number."""
        return f"{self.profile_id} v{self.number}"


class Upload(models.Model):
    """A file one person is looking at before anything of it is reported.

    ``book`` is what was read (:func:`wirknetz.core.files.packing.pack`), not the file itself;
    ``kept`` names the file in the storage where the network keeps files. The row goes when
    the person takes the values over, discards them, or after ``expires_at``.
    """

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="uploads")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)
    name = models.CharField(max_length=200)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    book = models.BinaryField()
    steps = models.JSONField(default=list)  # Step.as_dict() and how it reads: "words"
    profile = models.ForeignKey(
        MappingProfile, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    kept = models.CharField(max_length=100, blank=True)

    PERSONAL = frozenset({"by", "name", "book", "steps", "kept"})
    HARMLESS = frozenset({"id", "submission", "at", "expires_at", "size", "sha256", "profile"})

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["submission", "by"], name="upload_once"),
        ]

    def __str__(self) -> str:
        """Return submission and person."""
        return f"{self.submission_id}·{self.by_id}"


class TakeOver(models.Model):
    """Values came into a submission from a file; ``before`` is what stood there.

    ``before`` holds the values, the breakdowns chosen and what was unfinished of the measures
    concerned, ``written`` the numbers of the entries made, so that it can be taken back.
    """

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="take_overs")
    revision = models.PositiveSmallIntegerField()
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    kept = models.CharField(max_length=100, blank=True)
    profile_version = models.ForeignKey(
        ProfileVersion, null=True, on_delete=models.PROTECT, related_name="+"
    )
    before = models.JSONField()
    written = models.JSONField()
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    PERSONAL = frozenset({"by", "undone_by", "name", "kept", "before"})
    HARMLESS = frozenset(
        {"id", "submission", "revision", "at", "size", "sha256", "profile_version", "written",
         "undone_at"}
    )  # fmt: skip

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        """Return the submission."""
        return str(self.submission_id)
