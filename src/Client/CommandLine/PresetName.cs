namespace Siamese.Client.CommandLine;

/// <summary>The presets that there are.</summary>
internal enum PresetName
{
    /// <summary><see cref="Preset.Article"/>.</summary>
    Article,
}
