using System.Runtime.InteropServices;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Siamese.Contracts;
using Siamese.Contracts.Access;
using Siamese.Contracts.Data;
using Siamese.Web.Access;
using Siamese.Web.Description;
using Siamese.Web.Problems;
using Siamese.Web.Requests;

namespace Siamese.Web.Uploads;

/// <summary>
/// Data sets are uploaded in pieces: ask which are missing, put these, and send the manifest. After an interruption, ask again:
/// what is there is not sent twice. Every request may be repeated.
/// </summary>
internal static class UploadEndpoints
{
    private const int MaximumNames = 1_000_000;
    private const int MaximumOrder = 100_000;
    private const int LargestSample = 1000;

    /// <summary>JSON with names and spaces may be larger than the manifest that is stored.</summary>
    private const int MaximumManifest = 2 * UploadLimits.ManifestBytes;

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/data/missing", Missing).Accepts<PiecesDocument>("application/json");
        api.MapPut("/data/pieces/{sha256}", Put).TakesFile("application/octet-stream").NeverFailsWith(StatusCodes.Status404NotFound);
        api.MapPost("/data", Seal).Accepts<ManifestDocument>("application/json").ProducesProblem(StatusCodes.Status409Conflict);
        api.MapPost("/data/samples", Draw).Accepts<SampleOrder>("application/json");
    }

    /// <summary>The pieces that the cluster does not have. It keeps the others for at least a day from now.</summary>
    [Needs(Role.Train)]
    public static async Task<Ok<MissingDocument>> Missing(HttpRequest request, GrainCalls calls)
    {
        var asked = (await request.ReadJson<PiecesDocument>(MaximumNames)).Pieces;
        return TypedResults.Ok(new MissingDocument(await calls.Make((grains, cancellation) => grains.GetGrain<IUploadGrain>(0).Missing(asked, cancellation))));
    }

    /// <summary>Stores the piece that is the body, at most 2 MB. The same piece again changes nothing.</summary>
    /// <param name="sha256">The SHA-256 of the body, so that what arrives damaged is not stored.</param>
    [Needs(Role.Train)]
    public static async Task<NoContent> Put(string sha256, HttpRequest request, GrainCalls calls)
    {
        var piece = await request.ReadHashed(sha256, UploadLimits.PieceBytes, "the bytes of a piece");
        await calls.Make((grains, cancellation) => grains.GetGrain<IUploadGrain>(0).Put(piece, cancellation));
        return TypedResults.NoContent();
    }

    /// <summary>
    /// Ends an upload: the data set can be used from now on. It is removed with the last sweep that uses it, or after a day if
    /// nobody does. A conflict if pieces are missing. A repeated request changes nothing.
    /// </summary>
    [Needs(Role.Train)]
    public static async Task<Ok<SealedDocument>> Seal(HttpRequest request, GrainCalls calls)
    {
        var manifest = ImmutableCollectionsMarshal.AsImmutableArray((await request.ReadJson<ManifestDocument>(MaximumManifest)).Write());
        var upload = await calls.Make((grains, cancellation) => grains.GetGrain<IUploadGrain>(0).Seal(manifest, cancellation));
        return upload.Missing is [var first, ..]
            ? throw new ProblemException(ProblemKind.Conflict, FormattableString.Invariant($"{upload.Missing.Length:#,0} pieces of the data set are missing, such as {first}; POST data/missing says which. Put them, and send the manifest again."))
            : TypedResults.Ok(new SealedDocument(upload.Manifest));
    }

    /// <summary>Draws test images, as evenly over the classes as possible; the same seed draws the same images.</summary>
    [Needs(Role.Train)]
    public static async Task<Ok<SamplesDocument>> Draw(HttpRequest request, GrainCalls calls)
    {
        var order = await request.ReadJson<SampleOrder>(MaximumOrder);
        BadInputException.ThrowUnless(order.Count is >= 1 and <= LargestSample, $"'count': {order.Count} is not from 1 to {LargestSample}.");
        BadInputException.ThrowUnless(order.Seed >= 0, $"'seed': {order.Seed} is not 0 or above.");
        var source = order.Data?.Source() ?? DataSource.MnistMini;
        var samples = await calls.Make((grains, cancellation) => grains.GetGrain<ISampleGrain>(0).Draw(source, order.Count, order.Seed, cancellation));
        return TypedResults.Ok(new SamplesDocument([.. samples.Select(SamplesDocument.Image.Of)]));
    }
}
