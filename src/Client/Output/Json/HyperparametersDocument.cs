using Siamese.Client.CommandLine;
using Siamese.Contracts.Sweeps;

namespace Siamese.Client.Output.Json;

/// <summary>Hyperparameters; null where one does not apply.</summary>
internal sealed record HyperparametersDocument(
    string Encoder, int EmbeddingSize, string Distance, string Loss, double? Margin, string Pairing, int? Pairs,
    int BatchSize, double? Balance, double LearningRate, string Schedule, bool Augment, int Epochs)
{
    public static HyperparametersDocument Of(Hyperparameters h) => new(
        h.Encoder, h.EmbeddingSize, h.Distance, h.Loss, h.Margin, Word.Of(h.Pairing), h.Pairs,
        h.BatchSize, h.Balance, h.LearningRate, Word.Of(h.Schedule), h.Augment, h.Epochs);
}
