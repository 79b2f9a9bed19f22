namespace Siamese.Client.Output.Json;

/// <summary>The files that `sample` wrote.</summary>
internal sealed record SamplesDocument(string Folder, IReadOnlyList<SamplesDocument.Image> Images)
{
    /// <summary>One file.</summary>
    internal sealed record Image(string File, string Label, int Index);
}
