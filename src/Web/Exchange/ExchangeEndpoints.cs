using System.IO.Compression;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.WebUtilities;
using Siamese.Contracts;
using Siamese.Contracts.Access;
using Siamese.Contracts.Exchange;
using Siamese.Contracts.Sweeps;
using Siamese.Web.Access;
using Siamese.Web.Description;
using Siamese.Web.Limits;
using Siamese.Web.Problems;
using Siamese.Web.Requests;

namespace Siamese.Web.Exchange;

/// <summary>What was removed.</summary>
internal sealed record RemovedEnsembleDocument(string Ensemble, long FreedBytes);

/// <summary>Ensembles move between clusters.</summary>
internal static class ExchangeEndpoints
{
    private const string MediaType = "application/zip";

    /// <summary>Maximum bytes of an archive: its offsets fit into 32 bits.</summary>
    private const long MaximumBytes = uint.MaxValue - 1L;

    /// <summary>An archive up to this size is kept in memory, and a larger one in a temporary file.</summary>
    private const int MaximumInMemory = 1024 * 1024;

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/ensembles/{ensemble}/versions/{version:int}/export", Export).AnswersWithFile(MediaType).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        api.MapPost("/ensembles/{ensemble}/import", Bring).Accepts<byte[]>(MediaType).TakesFile(MediaType).ProducesProblem(StatusCodes.Status409Conflict)
            // The name in the address is a new one.
            .NeverFailsWith(StatusCodes.Status404NotFound);
        api.MapDelete("/ensembles/{ensemble}", Remove).ProducesProblem(StatusCodes.Status409Conflict);
    }

    /// <summary>
    /// Exports a version of an ensemble as a zip file, which contains what `client export` writes into a folder: weights,
    /// calibration, a loader for PyTorch, and a manifest with the hash of every file. The same version gives the same bytes. A
    /// connection that closes before the answer is complete means that it is to be exported again.
    /// </summary>
    [Needs(Role.Train)]
    public static async Task<EmptyHttpResult> Export(string ensemble, int version, HttpContext context, GrainCalls calls)
    {
        var archive = new ExportArchive(new ExportKey(ensemble, version, null), calls);
        var files = await archive.Files();
        context.Response.ContentType = MediaType;
        context.Response.Headers.ContentDisposition = FormattableString.Invariant($"attachment; filename=\"{ensemble}-{version}.zip\"");
        // The library writes some bytes at the start and the end of each file without awaiting that.
        if (context.Features.Get<IHttpBodyControlFeature>() is { } control)
            control.AllowSynchronousIO = true;
        // If anything fails from here on, the connection is closed, so that the answer does not look complete.
        await context.Response.StartAsync(calls.Ended);
        await archive.Write(files, context.Response.Body);
        return TypedResults.Empty;
    }

    /// <summary>
    /// Imports an exported ensemble under the name in the address. The body is a zip file of what was exported, at most 4 GB. Every
    /// file must be the one that the manifest states. A signature in it is not checked: check it before you send it. A repeated
    /// request changes nothing, and after an interruption it sends only what is missing.
    /// </summary>
    /// <param name="isDefault">Whether verdicts that name no ensemble use this one from now on, until another is formed; `false` by default.</param>
    [Needs(Role.Train)]
    public static async Task<Ok<ImportedDocument>> Bring(string ensemble, HttpRequest request, GrainCalls calls, RequestPlaces places, [FromQuery(Name = "default")] bool isDefault = false)
    {
        request.Expect(MediaType);
        SweepId.Check("the ensemble's name", ensemble);
        using var place = places.Imports.Take(Visit.CallerOf(request.HttpContext));
        request.LimitOfFile(MaximumBytes);
        await using var body = new FileBufferingReadStream(request.Body, MaximumInMemory);
        await body.DrainAsync(calls.Ended);
        body.Position = 0;
        await ArchiveDirectory.Check(body, calls.Ended);
        try
        {
            await using var zip = await ZipArchive.CreateAsync(body, ZipArchiveMode.Read, leaveOpen: true, entryNameEncoding: null, calls.Ended);
            var archive = await ImportArchive.Read(zip, body.Length, calls.Ended);
            return TypedResults.Ok(await new Import(archive, ensemble, calls).Run(isDefault));
        }
        catch (InvalidDataException e)
        {
            throw new BadInputException($"The zip file cannot be read: {e.Message} Send what GET ensembles/{{ensemble}}/versions/{{version}}/export answers with.", e);
        }
    }

    /// <summary>Removes an ensemble that was imported, with the names enrolled with it, and frees its disk space. One that a sweep formed is removed with its sweep.</summary>
    [Needs(Role.Administer)]
    public static async Task<Ok<RemovedEnsembleDocument>> Remove(string ensemble, GrainCalls calls)
    {
        if (await calls.Make((grains, cancellation) => grains.GetGrain<IImportGrain>(ensemble).Exists(cancellation)))
            return TypedResults.Ok(new RemovedEnsembleDocument(ensemble, await calls.Make((grains, cancellation) => grains.GetGrain<IImportGrain>(ensemble).Remove(cancellation))));
        var progress = await calls.Make((grains, cancellation) => grains.GetGrain<ISweepGrain>(ensemble).GetProgress(int.MaxValue, cancellation));
        throw progress.Phase is SweepPhase.Unknown
            ? KnownEnsemble.Missing(ensemble)
            : new ProblemException(ProblemKind.Conflict, $"Ensemble '{ensemble}' belongs to the sweep of the same name; remove that with DELETE sweeps/{ensemble}.");
    }
}
