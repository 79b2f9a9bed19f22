using System.Text;
using Siamese.Contracts;
using Siamese.Model.Data.Images;
using Siamese.Model.Data.Strokes;
using Siamese.Model.Tests.Data.Images;

namespace Siamese.Model.Tests.Data.Strokes;

public sealed class StrokeRefusalTests
{
    [Theory]
    [InlineData("", "a.txt is empty. Replace it or take it out.")]
    [InlineData(" \n\n", "a.txt is empty. Replace it or take it out.")]
    [InlineData("<!DOCTYPE html><html><body>Not found</body></html>", "a.txt is a web page, not pen strokes. Download the file itself.")]
    [InlineData("<svg><path d=\"M1 2\"/></svg>", "a.txt is XML or a web page, but not InkML: it has no element 'ink'. Export the drawing as InkML.")]
    [InlineData("{\"a\":1}", "a.txt is JSON without strokes. Write an array of strokes, each an array of points such as [x, y, t], or an object with such an array as 'strokes'.")]
    [InlineData("Hello, pen.", "a.txt is not in a known format of pen strokes. Give Omniglot, SVC2004, SUSIG, SigComp2009, InkML, JSON, or a table with the header x,y,t,pressure,stroke.")]
    [InlineData("\n1;2\n", "a.txt, line 2: the columns have no names. Add a header such as x,y,t,pressure,stroke above the numbers; x and y are needed, the rest is optional.")]
    [InlineData("1,2,3\n4,5,6\n", "a.txt, line 1: the columns have no names. Add a header such as x,y,t,pressure,stroke above the numbers; x and y are needed, the rest is optional.")]
    [InlineData("x,y\n1,2\n", "a.txt is a single point: the pen never moves. Replace it or take it out.")]
    [InlineData("x,y\n1,2\n1,2\n", "a.txt is a single point: all its points are at one place. Replace it or take it out.")]
    [InlineData("x,y,pen\n1,2,0\n3,4,0\n", "a.txt contains no points with the pen down. Replace it or take it out.")]
    public void A_file_without_a_drawing_is_refused(string text, string message) => Refused(text, message);

    [Theory]
    [InlineData("START\n1,2,0\n\n3,4\nBREAK\n", "a.txt, line 4: the row has only 2 columns; it must have 3: x,y,t. Correct the row or replace the file.")]
    [InlineData("START\n1,2,0\n3,4,5,6\n", "a.txt, line 3: the row has more than 3 columns; it must have 3: x,y,t. Correct the row or replace the file.")]
    [InlineData("START\n1,2,0\n3,four,5\n", "a.txt, line 3: 'four' is not a number. Correct it or replace the file.")]
    [InlineData("START\n1,2,0\nNaN,4,5\n", "a.txt, line 3: the x is missing or not a number. Correct it or take the point out.")]
    [InlineData("START\n1,2,0\n3,-inf,5\n", "a.txt, line 3: '-inf' is not a number. Correct it or replace the file.")]
    [InlineData("START\n1,2,0\n3,1e999,5\n", "a.txt, line 3: the y is infinite. Correct it or take the point out.")]
    [InlineData("START\n1,2,0\n3,2e9,5\n", "a.txt, line 3: the y is 2000000000, beyond the maximum of 1000000000. Correct it or take the point out.")]
    [InlineData("START\n1,2,0\n3,4,10\n5,6,5\n", "a.txt, line 4: time runs backwards, from 10 to 5. Put the points in drawing order, or leave the times out.")]
    [InlineData("2\n1 2 0 1 0 0\n3 4 5 1 0 0\n", "a.txt, line 2: the row has only 6 columns; it must have 7: x y t button azimuth altitude pressure. Correct the row or replace the file.")]
    [InlineData("3\n1 2 0 1\n3 4 5 1\n", "a.txt, line 1: 3 points are announced, but 2 rows follow: the file is truncated or damaged. Replace it or take it out.")]
    [InlineData("2\n1 2 0 1\n3 4 5 9\n", "a.txt, line 3: the button is 9. It must be 1 if the pen is down and 0 if it is up. Correct it or replace the file.")]
    [InlineData("User\nDataSize: 3\n1 2 0 9 0\n3 4 5 9 1\n", "a.txt, line 2: 3 points are announced, but 2 rows follow: the file is truncated or damaged. Replace it or take it out.")]
    [InlineData("DataSize: many\n1 2 0 9 0\n3 4 5 9 1\n", "a.txt, line 1: the number of points is missing after 'DataSize:'. Correct it or replace the file.")]
    [InlineData("DataSize: 2\n1 2 0 9 0\n3 4 5 9 7\n", "a.txt, line 3: the end is 7. It must be 1 at the last point of a stroke and 0 elsewhere. Correct it or replace the file.")]
    [InlineData("DataSize: 2\n1 2 0 9 0\n3 4 5 -9 1\n", "a.txt, line 3: the pressure is -9. It must not be negative. Correct it or leave the pressures out.")]
    [InlineData("1 2 9 90 45\n3 4 5 90\n", "a.txt, line 2: the row has only 4 columns; it must have 5: x y p azimuth elevation. Correct the row or replace the file.")]
    [InlineData("1 2 0 200 0\n3 4 5 300 1\n", "a.txt, line 1: the third column looks like the time and the fifth like the ends of strokes, as in SUSIG, but there is no line such as 'DataSize: 100' above them. Restore the header or replace the file.")]
    public void A_damaged_row_is_named(string text, string message) => Refused(text, message);

    [Theory]
    [InlineData("x,y,t\n1,2,3\n4,5\n", "a.txt, line 3: the row has 2 columns, but the header has 3. Correct the row or the header.")]
    [InlineData("x,y,t,ms\n1,2,3,4\n", "a.txt, line 1: the columns 't' and 'ms' mean the same. Remove one of them.")]
    [InlineData("x,y\n1,2\n\"3,4\n", "a.txt, line 3: a quoted field does not end on its line. Close its quotes.")]
    [InlineData("x,y,pen\n1,2,1\n3,4,2\n", "a.txt, line 3: '2' in the column of the pen is neither 1 (down) nor 0 (up). Correct it; if it is the number of a stroke, name the column 'stroke'.")]
    [InlineData("x;y\n1;2\n1.000,5;2\n", "a.txt, line 3: '1.000,5' is not a number. Correct it or replace the file.")]
    public void A_damaged_table_is_refused(string text, string message) => Refused(text, message);

    [Theory]
    [InlineData("[[[1,2],[3,4]],\n[[5,6],[7,]]]", "a.txt, line 2: the file is not valid JSON here. Correct it, or export the drawing again.")]
    [InlineData("[[[1,2],[3,4]]", "a.txt, line 1: the file is not valid JSON here. Correct it, or export the drawing again.")]
    [InlineData("[[[1,2],[3,4]]] []", "a.txt, line 1: the file is not valid JSON here. Correct it, or export the drawing again.")]
    [InlineData("[[1,2],[3,4]]", "a.txt, line 1: a stroke contains something else than points. Write an array of strokes, each an array of points such as [x, y], [x, y, t] or {\"x\": 1, \"y\": 2}.")]
    [InlineData("[[\n{\"x\":1}]]", "a.txt, line 2: the point has no y. Write an array of strokes, each an array of points such as [x, y], [x, y, t] or {\"x\": 1, \"y\": 2}.")]
    [InlineData("[[[1,2],[3,\"4\"]]]", "a.txt, line 1: a value must be a number. Write an array of strokes, each an array of points such as [x, y], [x, y, t] or {\"x\": 1, \"y\": 2}.")]
    [InlineData("[[[1,2],[3,4],[5,6],[7,8,9]]]", "a.txt, stroke 1, point 4: the point has a time, unlike the points before it. Give all points a time, or none.")]
    [InlineData("[[[1,2],[3,4]],[[1,2],[3,4],[5,6],[7,8,9,10,11]]]", "a.txt, stroke 2, point 4: the point has 5 numbers. Write [x, y], [x, y, t] or [x, y, t, pressure].")]
    [InlineData("[[[1,2,3,4,5],[1,2,3,4]]]", "a.txt, stroke 1, point 1: the arrays of the stroke do not match. Write an array of all x, one of all y and perhaps one of all times, of equal length; or an array for each point.")]
    [InlineData("[[[1,2],[3,1e999]]]", "a.txt, stroke 1, point 2: the y is infinite. Correct it or take the point out.")]
    [InlineData("{\"strokes\":7}", "a.txt, line 1: an array of strokes is missing. Write an array of strokes, each an array of points such as [x, y], [x, y, t] or {\"x\": 1, \"y\": 2}.")]
    [InlineData("{\"strokes\":[]}", "a.txt contains no points with the pen down. Replace it or take it out.")]
    public void Damaged_JSON_is_refused(string text, string message) => Refused(text, message);

    [Theory]
    [InlineData("<ink>\n<trace>1 2, 3 4</trace>", "a.txt, line 2: the file is not valid XML here. Correct it, or export the drawing again.")]
    [InlineData("<!DOCTYPE ink [<!ENTITY a \"1\">]>\n<ink><trace>&a; 2, 3 4</trace></ink>", "a.txt, line 1: the file has a document type definition (DOCTYPE), which is not read. Remove it.")]
    [InlineData("<html><ink></ink></html>", "a.txt, line 1: the file is XML, but its root is 'html', not 'ink'. Export the drawing as InkML.")]
    [InlineData("<ink><trace>1 2,\n3 4, 5 six</trace></ink>", "a.txt, line 2: 'six' is not a number. Correct the trace, or the channels in the traceFormat.")]
    [InlineData("<ink><trace>1 2,\n3</trace></ink>", "a.txt, line 2: the point has too few values: 1 instead of 2. Correct the trace, or the channels in the traceFormat.")]
    [InlineData("<ink><trace>1 2, 3 4 5</trace></ink>", "a.txt, line 1: the point has more than 2 values. Correct the trace, or the channels in the traceFormat.")]
    [InlineData("<ink><trace>1 2, ? 4</trace></ink>", "a.txt, line 1: the x is missing or not a number. Correct it or take the point out.")]
    [InlineData("<ink>\n<traceFormat><channel name=\"X\"/></traceFormat></ink>", "a.txt, line 2: the traceFormat lacks the channel X or Y. Export the drawing with both.")]
    [InlineData("<ink><traceFormat><channel name=\"X\"/><channel name=\"Y\"/></traceFormat>\n<traceFormat><channel name=\"Y\"/><channel name=\"X\"/></traceFormat></ink>", "a.txt, line 2: the file has two different traceFormats. Give one drawing per file, with one traceFormat.")]
    public void Damaged_InkML_is_refused(string text, string message) => Refused(text, message);

    [Fact]
    public void Binary_files_and_other_formats_are_neither_recognized_nor_read()
    {
        var shape = new ImageShape(8, 8);
        byte[][] files =
        [
            SomeImages.Png(1), [0xFF, 0xD8, 0xFF, 0xE0, 1, 2], [.. "P5 8 8 255\n"u8, .. SomeImages.Pixels(1, shape)], [.. "P2\n2 2\n255\n1 2 3 4\n"u8],
            [.. "P2 2 2 255 1 2 3 4"u8], [.. "GIF89a"u8, 0, 1], SomeImages.Idx([2, 8, 8]), SomeImages.Gz([1, 2, 3]), [.. "image,label\na.png,1\n"u8],
            [.. "[{\"name\":\"a\"}]"u8], [.. "<html></html>"u8], [.. "%PDF-1.7"u8], [],
        ];

        Assert.All(files, file => Assert.False(StrokeReader.Recognizes(file)));
        Assert.All(files, file => Assert.Throws<BadInputException>(() => StrokeReader.Read(file, "a")));
        Assert.Equal(
            "a is not text in UTF-8 or UTF-16, so it cannot contain pen strokes. Export the strokes as text, or take the file out.",
            Assert.Throws<BadInputException>(() => StrokeReader.Read(files[0], "a")).Message);
    }

    [Theory]
    [InlineData("START\n", "1,2,3\n", "", "a, line 100002: this is point 100,001, but a drawing may have at most 100,000. Give one drawing per file, or leave out points.")]
    [InlineData("2000000\n", "1 2 3 0\n", "", "a, line 100002: this is point 100,001, but a drawing may have at most 100,000. Give one drawing per file, or leave out points.")]
    [InlineData("x,y\n", "1,2\n", "", "a, line 100002: this is point 100,001, but a drawing may have at most 100,000. Give one drawing per file, or leave out points.")]
    [InlineData("[[", "[1,2],", "", "a, stroke 1, point 266667: a drawing may have at most 100,000 points. Give one drawing per file, or leave out points.")]
    [InlineData("<ink><trace>", "1 2,", "</trace></ink>", "a, line 1: this is point 100,001, but a drawing may have at most 100,000. Give one drawing per file, or leave out points.")]
    public void Millions_of_points_are_refused_early(string start, string point, string end, string message)
    {
        var file = Encoding.UTF8.GetBytes(start + string.Concat(Enumerable.Repeat(point, 1_500_000)) + end);

        Assert.Equal(message, Assert.Throws<BadInputException>(() => StrokeReader.Read(file, "a")).Message);
    }

    [Theory]
    [InlineData("<ink>", "<a>", "a, line 1: elements are nested more than 64 deep. Export the drawing again.")]
    [InlineData("[[", "[", "a, line 1: a value must be a number. Write an array of strokes, each an array of points such as [x, y], [x, y, t] or {\"x\": 1, \"y\": 2}.")]
    [InlineData("{\"strokes\":[],\"a\":", "[", "a, line 1: the file is not valid JSON here. Correct it, or export the drawing again.")]
    [InlineData("x,y\n", ",", "a, line 2: the row has 1001 columns, but the header has 2. Correct the row or the header.")]
    [InlineData("1 2\n", "1 2 ", "a, line 1: the columns have no names. Add a header such as x,y,t,pressure,stroke above the numbers; x and y are needed, the rest is optional.")]
    public void Deep_nesting_and_endless_rows_are_refused_early(string start, string part, string message)
    {
        var file = Encoding.UTF8.GetBytes(start + string.Concat(Enumerable.Repeat(part, 2_000_000)));

        Assert.Equal(message, Assert.Throws<BadInputException>(() => StrokeReader.Read(file, "a")).Message);
    }

    [Fact]
    public void A_file_of_more_than_16_MB_is_refused() =>
        Assert.Equal(
            "a is larger than 16 MB, the maximum for pen strokes. Give one drawing per file, or take it out.",
            Assert.Throws<BadInputException>(() => StrokeReader.Read(new byte[16 * 1024 * 1024 + 1], "a")).Message);

    private static void Refused(string text, string message) =>
        Assert.Equal(message, Assert.Throws<BadInputException>(() => SomeStrokes.Read(text)).Message);
}
