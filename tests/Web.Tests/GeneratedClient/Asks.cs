using Siamese.ApiClient.Models;
using Ask = System.Func<Siamese.ApiClient.SiameseClient, Siamese.Web.Tests.GeneratedClient.Names, System.Threading.Tasks.Task>;

namespace Siamese.Web.Tests.GeneratedClient;

/// <summary>A call of each operation that is valid but for what a test changes.</summary>
internal static class Asks
{
    private const string Octets = "application/octet-stream";

    private static readonly byte[] _bytes = [1, 2, 3];
    private static readonly ImageDocument _image = new() { Data = _bytes };

    private static readonly Dictionary<string, Ask> _all = new()
    {
        ["POST /api/v1/verdicts"] = (client, names) => client.Api.V1.Verdicts.PostAsync(new() { First = _image, Second = _image, Ensemble = names.Ensemble }),
        ["POST /api/v1/verdicts/batch"] = (client, names) => client.Api.V1.Verdicts.Batch.PostAsync(Body(), request => request.QueryParameters.Ensemble = names.Ensemble),
        ["PUT /api/v1/verdicts/{id}/truth"] = (client, names) => client.Api.V1.Verdicts[names.Verdict].Truth.PutAsync(new() { Truth = "same" }),
        ["DELETE /api/v1/verdicts/{id}/truth"] = (client, names) => client.Api.V1.Verdicts[names.Verdict].Truth.DeleteAsync(),
        ["POST /api/v1/embeddings"] = (client, names) => client.Api.V1.Embeddings.PostAsync(new() { Images = [_image], Ensemble = names.Ensemble }),
        ["GET /api/v1/ensembles"] = (client, _) => client.Api.V1.Ensembles.GetAsync(),
        ["GET /api/v1/ensembles/{ensemble}"] = (client, names) => client.Api.V1.Ensembles[names.Ensemble].GetAsync(),
        ["DELETE /api/v1/ensembles/{ensemble}"] = (client, names) => client.Api.V1.Ensembles[names.Ensemble].DeleteAsync(),
        ["GET /api/v1/ensembles/{ensemble}/versions"] = (client, names) => client.Api.V1.Ensembles[names.Ensemble].Versions.GetAsync(),
        ["GET /api/v1/ensembles/{ensemble}/versions/{version}"] = (client, names) => client.Api.V1.Ensembles[names.Ensemble].Versions[1].GetAsync(),
        ["GET /api/v1/ensembles/{ensemble}/versions/{version}/export"] = (client, names) => client.Api.V1.Ensembles[names.Ensemble].Versions[1].Export.GetAsync(),
        ["POST /api/v1/ensembles/{ensemble}/import"] = (client, names) => client.Api.V1.Ensembles[names.Ensemble].Import.PostAsync(Body()),
        ["POST /api/v1/ensembles/{ensemble}/recalibrate"] = (client, names) => client.Api.V1.Ensembles[names.Ensemble].Recalibrate.PostAsync(new()),
        ["POST /api/v1/ensembles/{ensemble}/recalibrate/preview"] = (client, names) => client.Api.V1.Ensembles[names.Ensemble].Recalibrate.Preview.PostAsync(new()),
        ["POST /api/v1/ensembles/{ensemble}/evaluations"] = (client, names) => client.Api.V1.Ensembles[names.Ensemble].Evaluations.PostAsync(new() { Pairs = 10 }),
        ["GET /api/v1/ensembles/{ensemble}/evaluations/{id}"] = (client, names) => client.Api.V1.Ensembles[names.Ensemble].Evaluations["unknown"].GetAsync(),
        ["GET /api/v1/ensembles/{ensemble}/names"] = (client, names) => client.Api.V1.Ensembles[names.Ensemble].Names.GetAsync(),
        ["PUT /api/v1/ensembles/{ensemble}/names/{name}/images/{sha256}"] = (client, names) => client.Api.V1.Ensembles[names.Ensemble].Names[Names.Person].Images[ClientSilo.Sha256(_bytes)].PutAsync(Body(), Octets),
        ["DELETE /api/v1/ensembles/{ensemble}/names/{name}"] = (client, names) => client.Api.V1.Ensembles[names.Ensemble].Names[Names.Person].DeleteAsync(),
        ["POST /api/v1/ensembles/{ensemble}/identify"] = (client, names) => client.Api.V1.Ensembles[names.Ensemble].Identify.PostAsync(Body(), Octets),
        ["GET /api/v1/sweeps"] = (client, _) => client.Api.V1.Sweeps.GetAsync(),
        ["POST /api/v1/sweeps"] = (client, names) => client.Api.V1.Sweeps.PostAsync(Sweep(names.Ensemble)),
        ["GET /api/v1/sweeps/{sweep}"] = (client, names) => client.Api.V1.Sweeps[names.Ensemble].GetAsync(),
        ["DELETE /api/v1/sweeps/{sweep}"] = (client, names) => client.Api.V1.Sweeps[names.Ensemble].DeleteAsync(),
        ["GET /api/v1/sweeps/{sweep}/result"] = (client, names) => client.Api.V1.Sweeps[names.Ensemble].Result.GetAsync(),
        ["GET /api/v1/sweeps/{sweep}/events"] = (client, names) => client.Api.V1.Sweeps[names.Ensemble].Events.GetAsync(),
        ["GET /api/v1/sweeps/{sweep}/importance"] = (client, names) => client.Api.V1.Sweeps[names.Ensemble].Importance.GetAsync(),
        ["POST /api/v1/sweeps/{sweep}/cancel"] = (client, names) => client.Api.V1.Sweeps[names.Ensemble].Cancel.PostAsync(),
        ["POST /api/v1/sweeps/{sweep}/finish"] = (client, names) => client.Api.V1.Sweeps[names.Ensemble].Finish.PostAsync(),
        ["POST /api/v1/sweeps/{sweep}/retry"] = (client, names) => client.Api.V1.Sweeps[names.Ensemble].Retry.PostAsync(),
        ["POST /api/v1/sweeps/{sweep}/extend"] = (client, names) => client.Api.V1.Sweeps[names.Ensemble].Extend.PostAsync(new() { Points = 2 }),
        ["GET /api/v1/sweeps/{sweep}/trials"] = (client, names) => client.Api.V1.Sweeps[names.Ensemble].Trials.GetAsync(),
        ["GET /api/v1/sweeps/{sweep}/trials/{trial}"] = (client, names) => client.Api.V1.Sweeps[names.Ensemble].Trials[names.Trial].GetAsync(),
        ["POST /api/v1/sweeps/{sweep}/trials/{trial}/cancel"] = (client, names) => client.Api.V1.Sweeps[names.Ensemble].Trials[names.Trial].Cancel.PostAsync(),
        ["POST /api/v1/sweeps/{sweep}/trials/{trial}/finish"] = (client, names) => client.Api.V1.Sweeps[names.Ensemble].Trials[names.Trial].Finish.PostAsync(),
        ["GET /api/v1/keys"] = (client, _) => client.Api.V1.Keys.GetAsync(),
        ["POST /api/v1/keys"] = (client, names) => client.Api.V1.Keys.PostAsync(new() { Id = names.Key, Name = names.Key, May = "read" }),
        ["GET /api/v1/keys/{id}"] = (client, names) => client.Api.V1.Keys[names.Key].GetAsync(),
        ["DELETE /api/v1/keys/{id}"] = (client, names) => client.Api.V1.Keys[names.Key].DeleteAsync(),
        ["POST /api/v1/data/missing"] = (client, _) => client.Api.V1.Data.Missing.PostAsync(new() { Pieces = [ClientSilo.Sha256(_bytes)] }),
        ["PUT /api/v1/data/pieces/{sha256}"] = (client, _) => client.Api.V1.Data.Pieces[ClientSilo.Sha256(_bytes)].PutAsync(Body()),
        ["POST /api/v1/data"] = (client, _) => client.Api.V1.Data.PostAsync(new() { Files = [File()], Pieces = [new() { Length = _bytes.Length, Sha256 = ClientSilo.Sha256([9]) }] }),
        ["POST /api/v1/data/samples"] = (client, _) => client.Api.V1.Data.Samples.PostAsync(new() { Count = 1 }),
        ["GET /api/v1/cluster"] = (client, _) => client.Api.V1.Cluster.GetAsync(),
    };

    public static Ask Of(string operation) => _all.TryGetValue(operation, out var ask) ? ask : throw new InvalidOperationException($"{operation} is not called yet; add it to {nameof(Asks)}.");

    /// <summary>A sweep of one short trial.</summary>
    public static SweepOrder Sweep(string name) => new() { Name = name, Space = new() { Epochs = new() { NumberChoiceDouble = 1 }, Steps = new() { NumberChoiceDouble = 11 } } };

    public static MemoryStream Body() => new(_bytes);

    private static ManifestDocumentFile File() => new() { Path = "a", Length = _bytes.Length, Sha256 = ClientSilo.Sha256(_bytes) };
}
