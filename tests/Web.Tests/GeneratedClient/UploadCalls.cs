using Siamese.ApiClient;
using Siamese.ApiClient.Models;
using Call = System.Func<Siamese.Web.Tests.GeneratedClient.ClientSilo, Siamese.ApiClient.SiameseClient, System.Threading.Tasks.Task<object?>>;

namespace Siamese.Web.Tests.GeneratedClient;

/// <summary>Uploads of data sets, and samples of them.</summary>
internal static class UploadCalls
{
    public static readonly Dictionary<string, Call> All = new()
    {
        ["POST /api/v1/data/missing"] = FindMissing,
        ["PUT /api/v1/data/pieces/{sha256}"] = async (_, client) =>
        {
            await Put(client, [1, 2, 3]);
            return null;
        },
        ["POST /api/v1/data"] = async (silo, client) => await Upload(silo, client),
        ["POST /api/v1/data/samples"] = Draw,
    };

    private static async Task<object?> FindMissing(ClientSilo silo, SiameseClient client)
    {
        await Put(client, [4, 5]);

        var missing = await client.Api.V1.Data.Missing.PostAsync(new() { Pieces = [ClientSilo.Sha256([4, 5]), ClientSilo.Sha256([6])] });

        Assert.Equal([ClientSilo.Sha256([6])], missing!.Missing!);
        return missing;
    }

    private static async Task Put(SiameseClient client, byte[] piece)
    {
        using var body = new MemoryStream(piece);
        await client.Api.V1.Data.Pieces[ClientSilo.Sha256(piece)].PutAsync(body);
    }

    private static async Task<SealedDocument> Upload(ClientSilo silo, SiameseClient client)
    {
        var images = await silo.Images(90);
        var files = images.Select((image, i) => (Path: $"class{i % 3}/{i:00}.png", Bytes: image.Bytes.ToArray())).OrderBy(file => file.Path, StringComparer.Ordinal).ToArray();
        byte[] piece = [.. files.SelectMany(file => file.Bytes)];
        await Put(client, piece);

        var whole = await client.Api.V1.Data.PostAsync(new()
        {
            Files = [.. files.Select(file => new ManifestDocumentFile { Path = file.Path, Length = file.Bytes.Length, Sha256 = ClientSilo.Sha256(file.Bytes) })],
            Pieces = [new() { Length = piece.Length, Sha256 = ClientSilo.Sha256(piece) }],
        });

        Assert.Equal(64, whole!.Manifest!.Length);
        return whole;
    }

    private static async Task<object?> Draw(ClientSilo silo, SiameseClient client)
    {
        var manifest = (await Upload(silo, client)).Manifest;

        var drawn = await client.Api.V1.Data.Samples.PostAsync(new() { Count = 2, Data = new() { Manifest = manifest, SplitBy = "image" }, Seed = 3 });

        Assert.Equal([".png", ".png"], drawn!.Samples!.Select(sample => sample.Extension));
        Assert.All(drawn.Samples!, sample => Assert.StartsWith("class", sample.Label, StringComparison.Ordinal));
        Assert.All(drawn.Samples!, sample => Assert.Equal("PNG"u8.ToArray(), sample.Data![1..4]));
        Assert.All(drawn.Samples!, sample => Assert.Null(sample.Strokes));
        return drawn;
    }
}
