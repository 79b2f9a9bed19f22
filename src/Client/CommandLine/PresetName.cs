namespace Siamese.Client.CommandLine;

/// <summary>The available presets.</summary>
internal enum PresetName
{
    /// <summary><see cref="Preset.Article"/>.</summary>
    Article,
}
