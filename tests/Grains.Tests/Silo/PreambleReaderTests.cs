using System.Buffers;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;
using Orleans.Serialization.Buffers;
using Orleans.Serialization.Serializers;
using Orleans.Serialization.Session;
using Orleans.Serialization.WireProtocol;
using Siamese.Silo.Admission;

namespace Siamese.Grains.Tests.Silo;

public sealed class PreambleReaderTests : IDisposable
{
    private static readonly GrainId _client = GrainId.Create("sys.client", "0123456789abcdef0123456789abcdef");
    private static readonly GrainId _silo = GrainId.Create("sys.client", "hosted-127.0.0.1:11111@1");

    private readonly ServiceProvider _services = new ServiceCollection().AddSerializer().BuildServiceProvider();

    public void Dispose() => _services.Dispose();

    [Fact]
    public void A_client_is_who_its_preamble_says() => Assert.Equal(_client, Read(Preamble(_client)));

    /// <summary>Orleans keeps the last one, so a check of the first would be no check.</summary>
    [Fact]
    public void A_preamble_with_two_ids_is_refused() => Assert.Null(Read(Preamble(_client, _silo)));

    [Fact]
    public void A_preamble_without_an_id_is_refused() => Assert.Null(Read(Preamble()));

    [Fact]
    public void Something_else_is_refused() => Assert.Null(Read([1, 2, 3]));

    private GrainId? Read(byte[] preamble) =>
        new PreambleReader(_services.GetRequiredService<SerializerSessionPool>(), _services.GetRequiredService<ICodecProvider>()).ClientOf(preamble);

    private byte[] Preamble(params GrainId[] ids)
    {
        using var session = _services.GetRequiredService<SerializerSessionPool>().GetSession();
        var buffer = new ArrayBufferWriter<byte>();
        var writer = Writer.Create(buffer, session);
        var ofIds = _services.GetRequiredService<ICodecProvider>().GetCodec<GrainId>();
        writer.WriteFieldHeader(0, typeof(object), typeof(object), WireType.TagDelimited);
        for (var i = 0; i < ids.Length; i++)
            ofIds.WriteField(ref writer, i == 0 ? 1u : 0u, typeof(GrainId), ids[i]);
        writer.WriteEndObject();
        writer.Commit();
        return buffer.WrittenSpan.ToArray();
    }
}
