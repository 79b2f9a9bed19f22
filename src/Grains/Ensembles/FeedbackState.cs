namespace Siamese.Grains.Ensembles;

/// <summary>What is stored of the feedback on an ensemble's verdicts: of each pair and version what was said last, the latest last.</summary>
[GenerateSerializer, Alias("siamese.FeedbackState")]
internal sealed class FeedbackState
{
    [Id(0)] public List<FeedbackLine> Lines { get; set; } = [];
}
