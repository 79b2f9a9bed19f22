using Siamese.Bench.Silos;
using Siamese.Contracts.Ensembles;
using Siamese.Contracts.Trials;
using Siamese.Grains.Data;
using Siamese.Grains.Forming;
using Siamese.Grains.Members;
using Siamese.Grains.Storage;

namespace Siamese.Bench.Verdict;

/// <summary>
/// The product's silo, except that every trained trial becomes a member of equal weight: an ensemble has as many members as
/// its sweep has trials, while selection would keep only those that help. Only forming differs; verdicts work as usual.
/// </summary>
internal static class WholeEnsembles
{
    /// <summary>First argument that turns this program into such a silo; the silo's own options follow.</summary>
    public const string Command = "whole-ensembles";

    public static Task<int> Run(string[] args) => StandIn.Run<EnsembleFormer, WholeFormer>(args);

    private sealed class WholeFormer(DataLibrary library, IBlobStore blobs, MemberCache members) : EnsembleFormer(library, blobs, members)
    {
        public override async Task<FormedVersion> Form(string name, int version, DateTimeOffset now, FormingOrder order)
        {
            var formed = await base.Form(name, version, now, order);
            var trials = order.Candidates;
            var whole = formed.Summary with
            {
                Ensemble = formed.Summary.Ensemble with { Members = [.. trials.Select(trial => ToMember(trial, 1.0 / trials.Length))] },
            };
            return new FormedVersion(whole, formed.Result is { } result ? result with { Ensemble = whole } : null);
        }

        private static Member ToMember(TrialReport trial, double weight) => new()
        {
            Trial = trial.Trial,
            Spec = trial.Spec,
            WeightsBlob = trial.Result!.WeightsBlob!,
            Threshold = trial.Result.Validation!.EerThreshold,
            Weight = weight,
            ValidationEer = trial.Result.Validation.Eer,
        };
    }
}
