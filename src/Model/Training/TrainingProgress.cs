using Siamese.Contracts.Training;

namespace Siamese.Model.Training;

/// <summary>How far a trial has come. As JSON it is the same to the last bit: doubles are written so that they read as they were.</summary>
/// <param name="Reports">The epochs that were finished.</param>
/// <param name="Sums">Of the epoch after those.</param>
/// <param name="Seconds">Seconds of training, earlier leases included.</param>
/// <param name="MachineKind">Where it was trained so far.</param>
internal sealed record TrainingProgress(IReadOnlyList<EpochReport> Reports, EpochSums Sums, double Seconds, string MachineKind);
