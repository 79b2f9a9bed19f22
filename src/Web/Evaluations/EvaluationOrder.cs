using Siamese.Contracts;
using Siamese.Contracts.Data;
using Siamese.Contracts.Evaluations;
using Siamese.Contracts.Tuning;
using Siamese.Web.Requests;

namespace Siamese.Web.Evaluations;

/// <summary>What to measure an ensemble on, and how.</summary>
/// <param name="Version">The ensemble's version; the newest by default.</param>
/// <param name="Data">Uploaded images; by default the test images of the data that the ensemble was trained on.</param>
/// <param name="Images">`test` or `all`; `test` if the data has test images, else `all`.</param>
/// <param name="Protocol">`pairs` draws pairs of images, `one-shot` finds which of several images has the same class, `csv` uses the pairs of a list. `csv` by default if the data is a list of pairs, else `pairs`.</param>
/// <param name="Pairs">Number of pairs of each kind; 10,000 by default.</param>
/// <param name="Negatives">Different pairs are drawn from `any` classes, or within the `same-group`; `any` by default.</param>
/// <param name="References">Number of references of a class to compare each image with at once; single pairs by default.</param>
/// <param name="Ways">Number of classes to choose from in a one-shot trial; 20 by default.</param>
/// <param name="Trials">Number of one-shot trials; 400 by default.</param>
/// <param name="Seed">Seed of everything that is drawn; 1 by default.</param>
internal sealed record EvaluationOrder(
    int? Version = null, DataDocument? Data = null, string? Images = null, string? Protocol = null, int? Pairs = null, string? Negatives = null, int? References = null,
    int? Ways = null, int? Trials = null, int? Seed = null)
{
    /// <exception cref="BadInputException">A value is not valid, or does not apply.</exception>
    public EvaluationRequest Request(string ensemble)
    {
        var standard = new EvaluationRequest { Ensemble = ensemble };
        var request = standard with
        {
            Version = Version,
            Data = Data?.Source(),
            SplitBy = Data?.SplitBy is { } split ? Words.Read<SplitBy>("'splitBy'", split) : null,
            Images = Images is null ? null : Words.Read<ImageChoice>("'images'", Images),
            Protocol = Protocol is null ? null : Words.Read<EvaluationProtocol>("'protocol'", Protocol),
            Negatives = Negatives is null ? standard.Negatives : Words.Read<Negatives>("'negatives'", Negatives),
            Pairs = Pairs ?? standard.Pairs,
            References = References ?? standard.References,
            Ways = Ways ?? standard.Ways,
            Trials = Trials ?? standard.Trials,
            Seed = Seed ?? standard.Seed,
        };
        BadInputException.ThrowUnless(request.Seed >= 0, $"'seed': {request.Seed} is not 0 or above.");
        Require(request.Protocol is EvaluationProtocol.OneShot, "one-shot", ("ways", Ways), ("trials", Trials));
        Require(request.Protocol is null or EvaluationProtocol.Pairs, "pairs", ("pairs", Pairs), ("negatives", Negatives), ("references", References));
        request.Check();
        return request;
    }

    private static void Require(bool isSo, string protocol, params (string Name, object? Value)[] values)
    {
        if (!isSo && Array.Find(values, value => value.Value is not null) is { Value: not null } stray)
            throw new BadInputException($"'{stray.Name}' is only valid with 'protocol' {protocol}; leave it out.");
    }
}
