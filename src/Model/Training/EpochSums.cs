using System.Text.Json.Serialization;
using Siamese.Model.Training.Batches;

namespace Siamese.Model.Training;

/// <summary>Totals over the batches of an epoch so far.</summary>
/// <param name="Batches">Number of trained batches.</param>
/// <param name="Loss">Sum of their losses.</param>
/// <param name="Positives">*Same* pairs in them.</param>
/// <param name="Negatives">*Different* pairs in them.</param>
internal readonly record struct EpochSums(int Batches, double Loss, long Positives, long Negatives)
{
    [JsonIgnore]
    public double MeanLoss => Loss / Batches;

    public EpochSums With(TrainingBatch batch, double loss) =>
        new(Batches + 1, Loss + loss, Positives + batch.Positives, Negatives + batch.Negatives);
}
