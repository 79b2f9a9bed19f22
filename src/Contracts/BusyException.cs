namespace Siamese.Contracts;

/// <summary>The silo has as much to do as it has memory for. The caller should try again after a while; nothing was done.</summary>
[GenerateSerializer, Alias("siamese.Busy")]
public sealed class BusyException : Exception
{
    public BusyException() { }

    public BusyException(string message) : base(message) { }

    public BusyException(string message, Exception innerException) : base(message, innerException) { }

    /// <summary>How long to wait.</summary>
    [Id(0)] public TimeSpan RetryAfter { get; init; } = TimeSpan.FromSeconds(1);
}
