"""RapidOCR on onnxruntime: the models that its wheel carries, and nothing from the network.

Imports what is not part of a deployed function: only `onboard` imports this module, and only when asked.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import rapidocr
from PIL import Image
from rapidocr.ch_ppocr_rec.typings import WordInfo

from functions.document_reading.ocr.onboard import OcrSettings
from functions.document_reading.ocr.text_boxes import Point, TextBox, affordable, is_sideways, upright_turn
from functions.document_reading.ocr.text_lines import Character, TextLine, words_of
from functions.document_reading.reading.model import PageWords, Source

_MODELS = Path(rapidocr.__file__).parent / "models"
_DETECTION_MODEL = "PP-OCRv6_det_small.onnx"
_RECOGNITION_MODEL = "PP-OCRv6_rec_small.onnx"
_DIRECTION_MODEL = "ch_ppocr_mobile_v2.0_cls_mobile.onnx"

_RECOGNISED_HEIGHT = 48
# The models' own 320 pixels are padding for most words of a receipt: a quarter of the time.
_LEAST_RECOGNISED_WIDTH = 160
_LINES_THAT_VOTE = 16
_LENGTH_THAT_VOTES = 6.0
"""Times its thickness: the model sees four times, and bears a little squeezing."""
_LEAST_CONFIDENCE = 0.4
"""On average of a line: below it is what stains and drawings are taken for."""
_UPSIDE_DOWN = "180"


class RapidEngine:
    """Reads pictures one after the other; not for two threads at once."""

    def __init__(self, settings: OcrSettings) -> None:
        """Load the models, which takes a second."""
        cv2.setNumThreads(settings.threads)
        self._engine = rapidocr.RapidOCR(params=_parameters(settings))

    def read(self, image: Image.Image) -> PageWords:
        """The words of a picture, turned upright."""
        picture = np.ascontiguousarray(np.asarray(image.convert("RGB"))[:, :, ::-1])
        boxes, quarter = self._detected(picture), 0.0
        if is_sideways(boxes):  # text that runs up or down is detected, but not all of it
            picture, quarter = np.ascontiguousarray(np.rot90(picture)), -math.pi / 2
            boxes = self._detected(picture)
        if self._is_upside_down(picture, boxes):
            boxes = [box.turned_by_quarters(2) for box in boxes]
        height, width = picture.shape[:2]
        turn = upright_turn(boxes, width, height)
        words = tuple(word for line in self._recognised(picture, boxes) for word in words_of(line, turn))
        angle = math.remainder(quarter + turn.angle, math.tau)
        return PageWords(words, turn.turned_width, turn.turned_height, Source.OCR, turn=angle)

    def _detected(self, picture: np.ndarray) -> list[TextBox]:
        """Where text is, as if it ran across: the detector begins at the leftmost corners of a box."""
        found = self._engine(picture, use_det=True, use_cls=False, use_rec=False)
        if found.boxes is None:
            return []
        surest = sorted(zip(found.scores, found.boxes, strict=True), key=lambda scored: -scored[0])
        boxes = (TextBox(*(Point(float(x), float(y)) for x, y in corners)) for _, corners in surest)
        return affordable(box.as_if_across() for box in boxes)

    def _is_upside_down(self, picture: np.ndarray, boxes: list[TextBox]) -> bool:
        """Let the beginnings of the longest lines vote: a whole one would be squeezed past recognition."""
        longest = sorted(boxes, key=lambda box: box.slenderness)[-_LINES_THAT_VOTE:]
        if not longest:
            return False
        parts = [box.part(0, min(1.0, _LENGTH_THAT_VOTES / box.slenderness)) for box in longest]
        _, votes = self._engine.cls_and_rotate([_cut_out(picture, part) for part in parts])
        votes_for = sum(score if label == _UPSIDE_DOWN else -score for label, score in votes.cls_res)
        return bool(votes_for > 0)

    def _recognised(self, picture: np.ndarray, boxes: list[TextBox]) -> Iterator[TextLine]:
        if not boxes:
            return
        results = self._engine.recognize_txt([_cut_out(picture, box) for box in boxes])
        for box, text, information in zip(boxes, results.txts, results.word_results, strict=True):
            line = TextLine(box, tuple(_characters(text, information)))
            if line.confidence >= _LEAST_CONFIDENCE:
                yield line


def _parameters(settings: OcrSettings) -> dict[str, object]:
    threads = {
        f"EngineConfig.onnxruntime.{kind}_op_num_threads": settings.threads for kind in ("intra", "inter")
    }
    # Models named by path are neither looked up nor downloaded.
    models = {
        "Det.model_path": str(_MODELS / _DETECTION_MODEL),
        "Cls.model_path": str(_MODELS / _DIRECTION_MODEL),
        "Rec.model_path": str(_MODELS / _RECOGNITION_MODEL),
    }
    return (
        threads
        | models
        | {
            "Global.log_level": "critical",
            "Global.use_preprocess_img": False,  # it would reduce the picture a first time, less carefully
            "Global.return_word_box": True,
            "Det.limit_type": "max",
            "Det.limit_side_len": settings.longest_side,
            "Rec.rec_batch_num": 1,
            "Rec.rec_img_shape": [3, _RECOGNISED_HEIGHT, _LEAST_RECOGNISED_WIDTH],
        }
    )


def _cut_out(picture: np.ndarray, box: TextBox) -> np.ndarray:
    """The line alone, its text running to the right, and no higher than it is recognised."""
    width, height = max(round(box.length), 1), max(round(box.thickness), 1)
    corners = np.array([box.upper_left, box.upper_right, box.lower_right, box.lower_left], np.float32)
    upright = np.array([(0, 0), (width, 0), (width, height), (0, height)], np.float32)
    line = cv2.warpPerspective(
        picture,
        cv2.getPerspectiveTransform(corners, upright),
        (width, height),
        flags=cv2.INTER_CUBIC,
        borderMode=cv2.BORDER_REPLICATE,
    )
    if height <= _RECOGNISED_HEIGHT:
        return line
    size = (max(round(width * _RECOGNISED_HEIGHT / height), 1), _RECOGNISED_HEIGHT)
    return cv2.resize(line, size, interpolation=cv2.INTER_AREA)  # the recogniser's own loses thin strokes


def _characters(text: str, information: WordInfo) -> Iterator[Character]:
    """What was recognised, and where: columns are given for all characters but spaces."""
    columns = (column for word in information.word_cols for column in word)
    place = 0.0
    for character, confidence in zip(text, information.confs, strict=False):  # of no text it is sure, too
        if not character.isspace():
            place = (next(columns) + 0.5) / information.line_txt_len
        yield Character(character, place, float(confidence))
