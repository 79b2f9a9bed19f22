namespace Siamese.Grains.Ensembles;

/// <summary>Stored feedback on an ensemble's verdicts: the last line for each pair and version, the latest last.</summary>
[GenerateSerializer, Alias("siamese.FeedbackState")]
internal sealed class FeedbackState
{
    [Id(0)] public List<FeedbackLine> Lines { get; set; } = [];
}
