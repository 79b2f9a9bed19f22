using System.Collections.Immutable;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Siamese.Contracts;
using Siamese.Contracts.Access;
using Siamese.Contracts.Ensembles;
using Siamese.Web.Access;
using Siamese.Web.Requests;
using Siamese.Web.Verdicts;

namespace Siamese.Web.Embeddings;

/// <summary>Images to embed.</summary>
/// <param name="Images">The images, at most 512.</param>
/// <param name="Ensemble">The ensemble whose members embed them; the newest by default.</param>
/// <param name="Version">Its version; the newest by default.</param>
internal sealed record EmbeddingRequest(ImmutableArray<ImageDocument> Images, string? Ensemble = null, int? Version = null);

/// <summary>Images as the members of an ensemble embed them.</summary>
/// <param name="Members">All of its members.</param>
/// <param name="Problems">For each image, why it could not be read, or null. Unreadable images have no rows.</param>
internal sealed record EmbeddedDocument(string Ensemble, int Version, IReadOnlyList<EmbeddedDocument.ByMember> Members, IReadOnlyList<string?> Problems)
{
    /// <summary>The images as one member embeds them.</summary>
    /// <param name="Distance">The distance that it measures between two rows, such as `euclidean`.</param>
    /// <param name="Threshold">The distance at which it decides between *same* and *different*.</param>
    /// <param name="Weight">Its share in the ensemble's distance, 0 to 1.</param>
    /// <param name="Rows">One embedding for each readable image.</param>
    internal sealed record ByMember(string Trial, string Distance, double Threshold, double Weight, IReadOnlyList<IReadOnlyList<float>> Rows);

    public static EmbeddedDocument Of(string ensemble, EmbeddedImages images) => new(
        ensemble,
        images.Version,
        [.. images.Members.Select(member => new ByMember(
            member.Trial, member.Distance, member.Threshold, member.Weight,
            [.. Enumerable.Range(0, member.Rows.Length / member.Width).Select(row => member.Rows.Slice(row * member.Width, member.Width))]))],
        images.Problems);
}

/// <summary>Embeddings of images.</summary>
internal static class EmbeddingEndpoints
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/embeddings", Embed).Accepts<EmbeddingRequest>("application/json").ProducesProblem(StatusCodes.Status404NotFound);
    }

    /// <summary>Embeds images with every member of an ensemble.</summary>
    [Needs(Role.Ask)]
    public static async Task<Ok<EmbeddedDocument>> Embed(HttpRequest request, GrainCalls calls)
    {
        var asked = await request.ReadJson<EmbeddingRequest>(VerdictEndpoints.MaximumBody);
        BadInputException.ThrowUnless(!asked.Images.Contains(null!), $"'images' has an element that is null; send images.");
        var ensemble = await EnsembleChoice.Find(calls, asked.Ensemble);
        ImmutableArray<ImageFile> files = [.. asked.Images.Select((image, i) => image.File(FormattableString.Invariant($"image {i + 1}")))];
        return TypedResults.Ok(EmbeddedDocument.Of(ensemble, await calls.Make((grains, cancellation) => grains.GetGrain<IVerdictGrain>(ensemble).Embed(files, asked.Version, cancellation))));
    }
}
