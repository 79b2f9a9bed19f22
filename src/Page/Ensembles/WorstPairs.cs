using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Siamese.Contracts;
using Siamese.Contracts.Access;
using Siamese.Contracts.Data;
using Siamese.Contracts.Ensembles;
using Siamese.Contracts.Pairs;
using Siamese.Contracts.Recalibrating;
using Siamese.Contracts.Tuning;
using Siamese.Page.Layout;
using Siamese.Web.Access;
using Siamese.Web.Ensembles;
using Siamese.Web.Problems;
using Siamese.Web.Requests;
using Siamese.Web.Verdicts;

namespace Siamese.Page.Ensembles;

/// <summary>What came of feedback on one of an ensemble's worst pairs.</summary>
/// <param name="Verdict">The verdict that was asked for to give it.</param>
/// <param name="Tally">All feedback on the ensemble.</param>
public sealed record GivenModel(Visitor Visitor, Ensemble Ensemble, Verdict Verdict, Relation Truth, FeedbackTally Tally);

/// <summary>The pairs of test images that an ensemble misjudges most.</summary>
internal static class WorstPairs
{
    private const string At = "/ensembles/{ensemble}/versions/{version:int}/worst/{place:int}";

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet($"{At}.png", Picture);
        pages.MapPost(At, Give);
    }

    /// <summary>Both images of a pair side by side.</summary>
    /// <param name="place">Its place among the worst, from 0.</param>
    [Needs(Role.Train)]
    public static async Task<IResult> Picture(string ensemble, int version, int place, HttpContext context, GrainCalls calls)
    {
        var (_, _, shown) = await Find(ensemble, version, place, calls);
        // A version never measures anything else.
        context.Response.Headers.CacheControl = "private, max-age=86400";
        return TypedResults.Bytes(shown.Png.ToArray(), "image/png");
    }

    /// <summary>Asks for a verdict on a pair and says what the pair really is.</summary>
    /// <param name="place">Its place among the worst, from 0.</param>
    [Needs(Role.Train)]
    public static async Task<IResult> Give(string ensemble, int version, int place, HttpContext context, GrainCalls calls, IAntiforgery antiforgery)
    {
        var form = await Forms.Read(context, antiforgery);
        var truth = Words.Read<Relation>("'truth'", form["truth"].ToString());
        var (known, _, shown) = await Find(ensemble, version, place, calls);
        if (shown.Samples is not [var first, var second])
            throw new BadInputException("The silo that has the images is of an earlier build, which cannot hand them out; try again when all silos are of this build.");
        var terms = VerdictTerms.Default with { Version = version };
        var verdict = await calls.Make((grains, cancellation) => grains.GetGrain<IVerdictGrain>(ensemble).Judge(ToFile(first), ToFile(second), terms, cancellation));
        if (verdict.Id is not { } id)
            throw new NoQuorumException("A member of the ensemble cannot be loaded, so that there is no verdict of all members to comment on.");
        var (_, tally) = await FeedbackEndpoints.Give(new Feedback(id, truth), calls);
        return new HtmlPage<GivenView>(new GivenModel(Visitor.Of(context), known, verdict, truth, tally));
    }

    private static async Task<(Ensemble Ensemble, WorstPair Pair, SamplePair Shown)> Find(string ensemble, int version, int place, GrainCalls calls)
    {
        var known = EnsembleEndpoints.Choose(await EnsembleEndpoints.Versions(ensemble, calls), version).Ensemble;
        if (await EnsemblePage.ResultOf(known, calls) is not { Result.Worst: { IsDefault: false } worst, Plan: { } plan } || place < 0 || place >= worst.Length)
            throw new ProblemException(ProblemKind.NotFound, FormattableString.Invariant($"There is no pair {place} among the worst mistakes of ensemble '{PlainText.Of(ensemble)}', version {version}."));
        var pair = worst[place];
        var shown = await calls.Make((grains, cancellation) => grains.GetGrain<ISampleGrain>(0).Show(known.Data, plan.DataFingerprint, [new PairOfImages(pair.First, pair.Second)], cancellation));
        return (known, pair, shown[0]);
    }

    private static ImageFile ToFile(Sample sample) => new($"test image {sample.Index}{sample.Extension}", sample.File)
    {
        Strokes = sample.Strokes.IsDefault ? null : new ImageFile($"pen strokes of test image {sample.Index}", sample.Strokes),
    };
}
