using Microsoft.AspNetCore.Builder;

namespace Siamese.Web.Description;

/// <summary>Metadata of an operation that never answers with a status which similar operations answer with.</summary>
/// <param name="Status">The status.</param>
internal sealed record NeverFails(int Status);

/// <summary>Says where operations are mapped what cannot go wrong.</summary>
internal static class NeverFailsExtensions
{
    /// <inheritdoc cref="NeverFails"/>
    public static RouteHandlerBuilder NeverFailsWith(this RouteHandlerBuilder operation, int status) => operation.WithMetadata(new NeverFails(status));
}
