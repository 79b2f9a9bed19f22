using System.Collections.Immutable;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Siamese.Contracts;
using Siamese.Contracts.Access;
using Siamese.Contracts.Documents;
using Siamese.Contracts.Ensembles;
using Siamese.Contracts.Galleries;
using Siamese.Web.Access;
using Siamese.Web.Requests;

namespace Siamese.Web.Verdicts;

/// <summary>Verdicts on pairs of images.</summary>
internal static class VerdictEndpoints
{
    /// <summary>Two images of the largest size, in base64, and what is around them.</summary>
    public const long MaximumBody = (IVerdictGrain.MaximumBytes * 4L / 3) + 1_000_000;

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/verdicts", Judge).Accepts<VerdictRequest>("application/json", VerdictForm.MediaType).ProducesProblem(StatusCodes.Status404NotFound).AddOpenApiOperationTransformer(VerdictForm.Describe);
    }

    /// <summary>Asks whether two images, or an image and several references or an enrolled name, show the same.</summary>
    [Needs(Role.Ask)]
    public static async Task<Ok<VerdictDocument>> Judge(HttpRequest request, GrainCalls calls)
    {
        var asked = request.HasFormContentType ? await VerdictForm.Read(request) : await request.ReadJson<VerdictRequest>(MaximumBody);
        return TypedResults.Ok(VerdictDocument.Of(await Ask(asked, calls)));
    }

    /// <summary>The answer to a question.</summary>
    /// <exception cref="BadInputException">A term is out of its range, or it is not one question.</exception>
    public static async Task<Verdict> Ask(VerdictRequest asked, GrainCalls calls)
    {
        var terms = asked.Terms();
        var ensemble = await EnsembleChoice.Find(calls, asked.Ensemble);
        var first = asked.First.File("first");
        return (asked.Second, asked.References, asked.Enrolled) switch
        {
            ({ } second, null, null) => await calls.Make((grains, cancellation) => grains.GetGrain<IVerdictGrain>(ensemble).Judge(first, second.File("second"), terms, cancellation)),
            (null, { } references, null) => await calls.Make((grains, cancellation) => grains.GetGrain<IVerdictGrain>(ensemble).JudgeAgainst(first, Files(references), terms, cancellation)),
            (null, null, { } name) => await calls.Make((grains, cancellation) => grains.GetGrain<IIdentifyGrain>(ensemble).Verify(first, name, terms, cancellation)),
            _ => throw new BadInputException("State one of 'second', 'references' and 'enrolled', to compare 'first' with."),
        };
    }

    private static ImmutableArray<ImageFile> Files(ImmutableArray<ImageDocument> references) =>
        references.Contains(null!) ? throw new BadInputException("'references' has an element that is null; send images.") :
        [.. references.Select((reference, i) => reference.File(FormattableString.Invariant($"reference {i + 1}")))];
}
