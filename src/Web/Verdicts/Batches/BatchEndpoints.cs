using System.ComponentModel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Siamese.Contracts.Access;
using Siamese.Contracts.Ensembles;
using Siamese.Web.Access;
using Siamese.Web.Description;
using Siamese.Web.Limits;
using Siamese.Web.Problems;
using Siamese.Web.Requests;

namespace Siamese.Web.Verdicts.Batches;

/// <summary>How to judge the pairs of a batch. OpenAPI takes no description of such a property from comments.</summary>
internal sealed record BatchTerms
{
    [FromQuery(Name = "ensemble"), Description("The ensemble to ask; the newest by default.")]
    public string? Ensemble { get; init; }

    [FromQuery(Name = "version"), Description("The ensemble's version; the newest by default. All pairs are judged by the same.")]
    public int? Version { get; init; }

    [FromQuery(Name = "prior"), Description("The probability of *same* before the images are seen, above 0 and below 1; 0.5 by default.")]
    public double? Prior { get; init; }

    [FromQuery(Name = "unsure"), Description("Two probabilities, stated one after the other; those between them are *unsure*.")]
    public double[]? Unsure { get; init; }

    [FromQuery(Name = "disagreement"), Description("*Unsure* if members with at least this share of the weight disagree; above 0 and up to 0.5.")]
    public double? Disagreement { get; init; }

    [FromQuery(Name = "maxFar"), Description("Use the threshold at which at most this share of different validation pairs is called same.")]
    public double? MaxFar { get; init; }

    [FromQuery(Name = "maxFrr"), Description("Use the threshold at which at most this share of same validation pairs is called different.")]
    public double? MaxFrr { get; init; }

    [FromQuery(Name = "novelty"), Description("*Unsure* if an image is farther from training than all but this share of validation images.")]
    public double? Novelty { get; init; }
}

/// <summary>Verdicts on many pairs.</summary>
internal static class BatchEndpoints
{
    private const string MediaType = "application/x-ndjson";

    /// <summary>Lines that arrive within this time are judged together.</summary>
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(5);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/verdicts/batch", Judge).Accepts<BatchLine>(MediaType).Produces<BatchAnswer>(StatusCodes.Status200OK, MediaType)
            .ProducesProblem(StatusCodes.Status404NotFound).NeverFailsWith(StatusCodes.Status413PayloadTooLarge);
    }

    /// <summary>
    /// Judges many pairs, while they arrive. The body has one JSON object to a line: `{"image": ID, "data": BASE64}` keeps an image
    /// for the pairs after it, `{"pair": [ID, ID]}` is a pair to judge, and `{"forget": ID}` frees the memory of an image. A pair
    /// may also contain its images: `{"pair": [{"data": BASE64}, {"data": BASE64}]}`. A batch keeps at most 10,000 images of 40 MB
    /// in all; there is no limit for the number of its lines. The answer has a line for each pair, in their order, and one for
    /// each other line that cannot be used: `{"line": NUMBER, "verdict": …}` or `{"line": NUMBER, "problem": …}`. Read the answers
    /// while you send: if too many are unread, the server reads no further. A connection that closes before the answer is complete
    /// means that the rest was not judged.
    /// </summary>
    [Needs(Role.Ask)]
    public static async Task<EmptyHttpResult> Judge([AsParameters] BatchTerms asked, HttpContext context, GrainCalls calls, RequestPlaces places, IProblemLog log, TimeProvider time)
    {
        context.Request.Expect(MediaType);
        var terms = Terms.Of(asked.Version, asked.Prior, asked.Unsure, asked.Disagreement, asked.MaxFar, asked.MaxFrr, asked.Novelty);
        var ensemble = await EnsembleChoice.Find(calls, asked.Ensemble);
        terms = terms with { Version = terms.Version ?? await Newest(ensemble, calls) };
        // Refuses terms that the ensemble cannot fulfil, before anything is answered.
        await calls.Make((grains, cancellation) => grains.GetGrain<IVerdictGrain>(ensemble).JudgeAll([], [], terms, cancellation));
        using var place = places.Batches.Take(Visit.CallerOf(context));
        LiftLimits(context);
        context.Response.ContentType = MediaType;
        // If anything fails from here on, the connection is closed, so that the answer does not look complete.
        await context.Response.StartAsync(calls.Ended);
        var lines = new LineReader(context.Request.BodyReader, VerdictEndpoints.MaximumBody, _pause, time);
        using var batch = new Batch(new BatchJudge(ensemble, terms, calls, log, time));
        await batch.Run(lines, context.Response.BodyWriter, calls.Ended);
        return TypedResults.Empty;
    }

    /// <summary>A batch may be of any length, and whoever sends it may wait for answers before he sends more.</summary>
    private static void LiftLimits(HttpContext context)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = null;
        if (context.Features.Get<IHttpMinRequestBodyDataRateFeature>() is { } rate)
            rate.MinDataRate = null;
    }

    private static async Task<int> Newest(string ensemble, GrainCalls calls)
    {
        var newest = await calls.Make((grains, cancellation) => grains.GetGrain<IEnsembleGrain>(ensemble).GetNewest(cancellation));
        return newest?.Ensemble.Version ?? throw KnownEnsemble.Missing(ensemble);
    }
}
