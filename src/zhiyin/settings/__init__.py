"""Everything that can be set: one typed tree, of files, the environment and arguments."""

from zhiyin.settings.annotated import annotated
from zhiyin.settings.pipelines import PipelineSettings
from zhiyin.settings.section import Part
from zhiyin.settings.sections import (
    ApiSettings,
    ContextSettings,
    PrivacySettings,
    ReadingSettings,
    SearchSettings,
    StoreSettings,
    TrainSettings,
)
from zhiyin.settings.tree import DEFAULT_HOME, SETTINGS_FILES, Settings

__all__ = [
    "DEFAULT_HOME",
    "SETTINGS_FILES",
    "ApiSettings",
    "ContextSettings",
    "Part",
    "PipelineSettings",
    "PrivacySettings",
    "ReadingSettings",
    "SearchSettings",
    "Settings",
    "StoreSettings",
    "TrainSettings",
    "annotated",
]
