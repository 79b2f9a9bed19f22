using Orleans.Serialization.Buffers;
using Orleans.Serialization.Codecs;
using Orleans.Serialization.Serializers;
using Orleans.Serialization.Session;
using Orleans.Serialization.WireProtocol;

namespace Siamese.Silo.Admission;

/// <summary>Reads who a peer is from its <see cref="Preamble"/>. The type of that message is internal to Orleans, but not how it is serialized.</summary>
/// <param name="sessions">For reading.</param>
/// <param name="codecs">Reads the id.</param>
internal sealed class PreambleReader(SerializerSessionPool sessions, ICodecProvider codecs)
{
    /// <summary>Number of the field with the id of the peer.</summary>
    private const uint NodeIdentity = 1;

    /// <summary>Number of characters of the ids that Orleans' clients give themselves: random numbers in hexadecimal.</summary>
    private const int IdCharacters = 32;

    /// <summary>
    /// Whether it is the id of a client of its own. Whoever takes another, such as that of the client inside a silo, would
    /// receive answers that are meant for that one.
    /// </summary>
    public static bool IsOwn(GrainId client) =>
        client.IsClient() && client.Key.ToString() is { Length: IdCharacters } key && key.All(char.IsAsciiHexDigit);

    /// <summary>The id that the client has in its calls; null if the message does not contain one.</summary>
    public GrainId? ClientOf(byte[] preamble)
    {
        using var session = sessions.GetSession();
        var reader = Reader.Create(preamble, session);
        try
        {
            if (reader.ReadFieldHeader().WireType != WireType.TagDelimited)
                return null;
            for (uint field = 0; ;)
            {
                var header = reader.ReadFieldHeader();
                if (header.IsEndBaseOrEndObject)
                    return null;
                field += header.FieldIdDelta;
                if (field == NodeIdentity)
                    return codecs.GetCodec<GrainId>().ReadValue(ref reader, header);
                reader.SkipField(header);
            }
        }
        catch (Exception)
        {
            // It is not what Orleans sends: Orleans will refuse it.
            return null;
        }
    }
}
