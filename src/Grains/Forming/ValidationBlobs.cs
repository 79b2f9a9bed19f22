using Microsoft.Extensions.Logging;
using Siamese.Contracts.Ensembles;
using Siamese.Grains.Storage;

namespace Siamese.Grains.Forming;

/// <summary>Gets what versions of ensembles measured on validation pairs.</summary>
internal sealed partial class ValidationBlobs(IBlobStore blobs, ILogger<ValidationBlobs> logger)
{
    private readonly ILogger _logger = logger;

    /// <summary>Null if the version has none or it was lost: feedback is accepted all the same.</summary>
    public async Task<ValidationBlob?> Find(Ensemble ensemble, CancellationToken cancellation)
    {
        try
        {
            return ensemble.ValidationBlob is { } blob ? new(await blobs.Get(blob, cancellation)) : null;
        }
        catch (BlobException e)
        {
            LogLost(e, ensemble.Name);
            return null;
        }
    }

    [LoggerMessage(LogLevel.Warning, "Ensemble {Ensemble}: feedback cannot be compared with its validation pairs")]
    private partial void LogLost(Exception exception, string ensemble);
}

/// <summary>A blob that has not been read yet: reading it takes long enough for a thread of its own.</summary>
internal sealed class ValidationBlob(byte[] bytes)
{
    /// <exception cref="InvalidDataException">The blob holds something else.</exception>
    public StoredValidation Read() => StoredValidation.Read(bytes);
}
