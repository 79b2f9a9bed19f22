namespace Siamese.Client.Words;

/// <summary>Who reads standard output.</summary>
internal enum OutputFormat
{
    /// <summary>A person.</summary>
    Text,

    /// <summary>A program: exactly one JSON document, and everything else on standard error.</summary>
    Json,
}
