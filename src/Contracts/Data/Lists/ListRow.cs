namespace Siamese.Contracts.Data.Lists;

/// <summary>A row of a list.</summary>
/// <param name="Line">The line on which it starts, from 1.</param>
/// <param name="Fields">Its fields, without quotes and surrounding white space.</param>
public sealed record ListRow(long Line, string[] Fields);
