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
    /// Whether it is an id that a client makes for itself. With another, such as that of the client inside a silo, it would
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
            GrainId? id = null;
            for (uint field = 0; ;)
            {
                var header = reader.ReadFieldHeader();
                if (header.IsEndBaseOrEndObject)
                    return id;
                field += header.FieldIdDelta;
                if (field != NodeIdentity)
                    reader.SkipField(header);
                // Orleans would take a later one.
                else if (id is not null)
                    return null;
                else
                    id = codecs.GetCodec<GrainId>().ReadValue(ref reader, header);
            }
        }
        catch (Exception)
        {
            // It is not what Orleans sends: Orleans will refuse it.
            return null;
        }
    }
}
