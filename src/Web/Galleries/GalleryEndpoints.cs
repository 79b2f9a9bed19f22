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
using Siamese.Web.Description;
using Siamese.Web.Problems;
using Siamese.Web.Requests;

namespace Siamese.Web.Galleries;

/// <summary>Who is enrolled with an ensemble.</summary>
/// <param name="Names">The names, sorted.</param>
internal sealed record NamesDocument(IReadOnlyList<EnrolledName> Names);

/// <summary>The result of enrolling an image.</summary>
/// <param name="Added">Whether it is new; else it was enrolled under the name already.</param>
/// <param name="Remarks">Other names under which the same image is enrolled.</param>
internal sealed record EnrolledDocument(bool Added, IReadOnlyList<string> Remarks);

/// <summary>What was forgotten.</summary>
/// <param name="Images">Number of images that were enrolled under the name.</param>
internal sealed record ForgottenDocument(int Images);

/// <summary>Enrolled names, and identification among them.</summary>
internal static class GalleryEndpoints
{
    private static readonly TimeSpan _embedding = TimeSpan.FromSeconds(2);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/ensembles/{ensemble}/names", List);
        api.MapPut("/ensembles/{ensemble}/names/{name}/images/{sha256}", Enroll).TakesImage();
        api.MapDelete("/ensembles/{ensemble}/names/{name}", Forget);
        api.MapPost("/ensembles/{ensemble}/identify", Identify).TakesImage();
    }

    /// <summary>Every enrolled name.</summary>
    [Needs(Role.Read)]
    public static async Task<Ok<NamesDocument>> List(string ensemble, GrainCalls calls)
    {
        var names = await calls.Make((grains, cancellation) => grains.GetGrain<IGalleryGrain>(ensemble).GetNames(cancellation));
        if (names.IsEmpty && await calls.Make((grains, cancellation) => grains.GetGrain<IEnsembleGrain>(ensemble).GetNewest(cancellation)) is null)
            throw KnownEnsemble.Missing(ensemble);
        return TypedResults.Ok(new NamesDocument(names));
    }

    /// <summary>Enrolls the image that is the body. The same image under the same name again changes nothing.</summary>
    /// <param name="sha256">The SHA-256 of the image, so that what arrives damaged is not enrolled.</param>
    [Needs(Role.Teach)]
    public static async Task<Ok<EnrolledDocument>> Enroll(string ensemble, string name, string sha256, HttpRequest request, GrainCalls calls)
    {
        var image = new ImageFile("the image", await request.ReadHashed(sha256, ImageFile.MaximumBytes, "the bytes of an image"));
        var enrolment = await calls.Make((grains, cancellation) => grains.GetGrain<IIdentifyGrain>(ensemble).Enroll([new NamedImage(name, image)], wholly: true, cancellation));
        return TypedResults.Ok(new EnrolledDocument(enrolment.Added > 0, enrolment.Shared));
    }

    /// <summary>Forgets a name with all its images.</summary>
    [Needs(Role.Teach)]
    public static async Task<Ok<ForgottenDocument>> Forget(string ensemble, string name, GrainCalls calls)
    {
        var forgotten = await calls.Make((grains, cancellation) => grains.GetGrain<IGalleryGrain>(ensemble).Forget(name, cancellation));
        return forgotten.Images > 0
            ? TypedResults.Ok(new ForgottenDocument(forgotten.Images))
            : throw new ProblemException(ProblemKind.NotFound, $"Nobody is enrolled as '{PlainText.Of(name)}' with ensemble '{PlainText.Of(ensemble)}'.");
    }

    /// <summary>The enrolled names that the image in the body is most like.</summary>
    /// <param name="top">Number of names, 1 to 1,000; 5 by default.</param>
    [Needs(Role.Ask)]
    public static async Task<Ok<IdentificationDocument>> Identify(string ensemble, int? top, int? version, HttpRequest request, GrainCalls calls)
    {
        var image = await request.ReadImage("the image");
        return TypedResults.Ok(IdentificationDocument.Of(await Find(image, ensemble, top, version, calls)));
    }

    /// <summary>The enrolled names that an image is most like.</summary>
    /// <exception cref="BusyException">The enrolled images are not embedded yet.</exception>
    public static async Task<Identification> Find(ImageFile image, string ensemble, int? top, int? version, GrainCalls calls)
    {
        var answer = await calls.Make((grains, cancellation) => grains.GetGrain<IIdentifyGrain>(ensemble).Identify(image, top ?? 5, version, cancellation));
        return answer.Identification
            ?? throw new BusyException(FormattableString.Invariant($"{answer.Progress.Embedded:#,0} of {answer.Progress.References:#,0} enrolled images are ready to be searched; try again.")) { RetryAfter = _embedding };
    }
}
