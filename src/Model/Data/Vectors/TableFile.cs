using System.Globalization;
using System.Runtime.InteropServices;
using Siamese.Contracts;
using Siamese.Contracts.Data.Lists;
using Siamese.Contracts.Data.Vectors;

namespace Siamese.Model.Data.Vectors;

/// <summary>A table with a vector in each row.</summary>
internal static class TableFile
{
    /// <exception cref="BadInputException">A row is not as long as the header, or has something that is not a number.</exception>
    public static VectorContent Read(VectorTable table, VectorMemory memory)
    {
        var width = table.Numbers.Count;
        VectorArrays.CheckSizes(new(table.Path), table.MostRows, width);
        var values = memory(table.MostRows, width, 2 * table.TextBytes);
        var columns = (Classes: new List<string>(), Groups: new List<string>(), Splits: new List<string>(), Ids: new List<string>());
        var count = 0;
        foreach (var row in table.Rows())
        {
            Numbers(table, row, MemoryMarshal.Cast<byte, float>(values.AsSpan()).Slice(count * width, width));
            Add(columns.Classes, table.Class, row);
            Add(columns.Groups, table.Group, row);
            Add(columns.Splits, table.Split, row);
            Add(columns.Ids, table.Id, row);
            count++;
        }

        if (count < table.MostRows)
            Array.Resize(ref values, count * width * sizeof(float));
        return new(width, values, new(Of(table.Class, columns.Classes), Of(table.Group, columns.Groups), Of(table.Split, columns.Splits), Of(table.Id, columns.Ids)));

        void Add(List<string> texts, int? column, ListRow row)
        {
            if (column is { } its)
                texts.Add(row.Fields[its].Length > 0 ? row.Fields[its] : throw table.Bad(row, $"has nothing in {table.Header[its]}. Fill it in, or take the row out"));
        }

        static string[]? Of(int? column, List<string> texts) => column is null ? null : [.. texts];
    }

    private static void Numbers(VectorTable table, ListRow row, Span<float> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            var column = table.Numbers[i];
            var field = row.Fields[column];
            if (!float.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out values[i]))
                throw table.Bad(row, $"has '{field}' in {table.Header[column]}, which is not a number. Correct it, or take the row out");
            if (!float.IsFinite(values[i]))
                throw table.Bad(row, $"has '{field}' in {table.Header[column]}, which is not a finite number. Replace it, or take the row out");
            values[i] += 0f;
        }
    }
}
