namespace Siamese.Silo.Storage;

/// <summary>What a migration did to the schema of a store.</summary>
/// <param name="From">The version that it found; 0 if there was no store.</param>
/// <param name="To">The version that it left, which is this build's.</param>
internal sealed record Migration(int From, int To);
