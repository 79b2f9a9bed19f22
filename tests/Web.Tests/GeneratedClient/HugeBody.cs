using System.Net;

namespace Siamese.Web.Tests.GeneratedClient;

/// <summary>A body that states to be larger than any that is taken. It is refused before it is sent.</summary>
internal sealed class HugeBody : HttpContent
{
    private const long Bytes = 5_000_000_000;

    /// <summary>The body of a request becomes a huge one of the same media type.</summary>
    public static void PutInto(HttpRequestMessage request)
    {
        request.Content = new HugeBody { Headers = { ContentType = request.Content!.Headers.ContentType } };
        request.Headers.ExpectContinue = true;
    }

    protected override bool TryComputeLength(out long length)
    {
        length = Bytes;
        return true;
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => throw new InvalidOperationException("The server wants a body of 5 GB.");
}
